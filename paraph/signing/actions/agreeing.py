"""An access code that the sender agrees with a party beforehand, by telephone or in person."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from .. import codes, steps
from ..events import AccessCodeAgreed
from ..models import Party, Proof
from ..refusals import CannotChoose


@db.transaction
def agree_access_code(party: Party, *, words: str, by: Actor, at: datetime) -> None:
    """Have a party prove themselves by words that only the sender and they know.

    Only a keyed hash of them is kept. Without words, a code is sent again as usual.
    """
    steps.hold_draft(party.envelope, otherwise=_("The document has been sent already."))
    plain = "".join(words.split())
    if plain and len(plain) < codes.ACCESS_LENGTH:
        raise CannotChoose(
            _("Agree on at least %(count)d letters or digits.") % {"count": codes.ACCESS_LENGTH}
        )
    party.access_mac = codes.access_mac(plain, party_id=party.pk)
    if plain:
        party.code_channel = Proof.ACCESS
    elif party.code_channel == Proof.ACCESS:
        party.code_channel = party.link_channel
    party.save(update_fields=["access_mac", "code_channel"])
    agreed = AccessCodeAgreed(party.envelope_id, party.pk, party.name, is_agreed=bool(plain))
    journal.record(agreed, by=by, at=at)
