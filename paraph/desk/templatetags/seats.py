"""What a seat of a draft is called, also while nobody sits there."""

from django import template
from django.utils.translation import gettext as _

from paraph.signing import queries, rules
from paraph.signing.models import Party
from paraph.signing.seating import pair_of

register = template.Library()


@register.filter
def seat_name(party: Party) -> str:
    """Return the person's name; else who is meant: the client, or whom somebody names."""
    if party.name:
        return party.name
    parties = queries.parties_of(party.envelope)
    if rules.is_named_later(party, parties):
        return _("Whoever is named next")
    _ours, theirs = pair_of(parties)
    return _("Client") if party == theirs else _("Open place")
