"""Lending a phone as a drawing pad: one place of one session, one drawing, a few minutes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph.kit import db
from paraph.kit.ids import new_token

from .. import codes, rules
from ..models import Field, Pad, SigningSession
from ..refusals import CannotSave, LinkExpired
from ..tries import hold_proven, revive

DRAWN = frozenset(rules.PICTURES)


@db.transaction
def lend_pad(session: SigningSession, *, field: Field, at: datetime) -> str:
    """Return the token of a pad for this place; those lent before draw nothing any more."""
    party = hold_proven(session, at=at)
    if field.party_id != party.pk or field.kind not in DRAWN:
        raise CannotSave(_("Nothing can be drawn into this place."))
    Pad.objects.filter(session=session, used_at=None).update(expires_at=at)
    token = new_token()
    Pad.objects.create(
        session=session,
        field=field,
        token_hash=codes.hashed(token),
        created_at=at,
        expires_at=at + codes.PAD_LIFE,
    )
    return token


@db.transaction
def keep_drawing(pad: Pad, *, picture: str, at: datetime) -> None:
    """Put what was drawn into its place, once; the session it came from must still stand."""
    hold_proven(pad.session, at=at)
    pad.refresh_from_db(fields=["used_at", "expires_at"])
    if not rules.is_pad_alive(pad, at=at):
        raise LinkExpired(_("This drawing pad is not valid any more. Ask for a new one there."))
    revive(pad.session, at=at)
    pad.used_at = at
    pad.save(update_fields=["used_at"])
    pad.field.picture, pad.field.value = picture, ""
    pad.field.save(update_fields=["picture", "value"])
