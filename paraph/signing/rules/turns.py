"""Whose turn it is, who is not needed any more, and when everybody is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from paraph.signing.lifecycle import IN_LINE, PartyStatus
from paraph.signing.models import Party, PartyRole

ACTED = frozenset({PartyStatus.SIGNED, PartyStatus.APPROVED})
Needed = Mapping[int, int | None]  # how many of a group have to act; None or absent: everybody


def next_in_line(parties: Sequence[Party]) -> list[Party]:
    """Return the parties whose turn it is and who were not asked yet.

    People of one group act in parallel; the next group waits until the whole group
    before it is done. Who only receives a copy is never asked, and nobody is asked
    before it is said who they are.
    """
    to_act = [party for party in parties if party.role != PartyRole.COPY and not party.is_done]
    if not to_act:
        return []
    group = min(party.group for party in to_act)
    return [
        party
        for party in to_act
        if party.group == group and party.status == PartyStatus.WAITING and party.is_chosen
    ]


def not_needed_any_more(parties: Sequence[Party], *, needed: Needed) -> list[Party]:
    """Return those who need not act because enough of their group have."""
    acted: dict[int, int] = {}
    for party in parties:
        acted[party.group] = acted.get(party.group, 0) + (party.status in ACTED)
    return [
        party
        for party in parties
        if party.status in IN_LINE
        and party.role != PartyRole.COPY
        and acted[party.group] >= (needed.get(party.group) or len(parties) + 1)
    ]


def is_everyone_done(parties: Sequence[Party]) -> bool:
    """Tell whether the documents can be closed."""
    return all(party.is_done for party in parties if party.role != PartyRole.COPY)


def namers_of(place: Party, parties: Sequence[Party]) -> list[Party]:
    """Return those who act right before a place, and so can say who takes it."""
    before = [it for it in parties if it.role != PartyRole.COPY and it.group < place.group]
    last = max((it.group for it in before), default=0)
    return [it for it in before if it.group == last]


def to_be_named_by(party: Party, parties: Sequence[Party]) -> list[Party]:
    """Return those after this party whom it still has to name; the others may come without it."""
    if not party.names_next:
        return []
    places = [it for it in parties if not it.is_chosen]
    return [place for place in places if party in namers_of(place, [party, *parties])]


def obstacles_to_leaving(party: Party, parties: Sequence[Party]) -> list[str]:
    """Say what a party still owes to those who come after it."""
    return [_("Say who signs next.")] if to_be_named_by(party, parties) else []


def obstacles_of_line(parties: Sequence[Party], *, needed: Needed) -> list[str]:
    """Say what is wrong with the order in which parties would act."""
    reasons = []
    acting = [party for party in parties if party.role != PartyRole.COPY]
    for group, count in needed.items():
        members = sum(party.group == group for party in acting)
        if members and count is not None and not 1 <= count <= members:
            reasons.append(
                _("Group %(group)d has %(members)d people: not %(count)d of them can be needed.")
                % {"group": group, "members": members, "count": count}
            )
    if acting and not any(party.is_signer for party in acting):
        reasons.append(_("Somebody has to sign."))
    reasons += [
        _("%(name)s names who signs next: add a place for that person.") % {"name": party.name}
        for party in acting
        if party.names_next and not to_be_named_by(party, parties)
    ]
    return reasons


def is_named_later(party: Party, parties: Sequence[Party]) -> bool:
    """Tell whether those before this open place say who fills it: whichever of them acts."""
    namers = [] if party.is_chosen else namers_of(party, parties)
    return bool(namers) and all(it.names_next for it in namers)
