"""The ceremony itself: values are typed, Sign is pressed, or the party declines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.kit import db

from .. import details, queries, rules, steps
from ..choices import Origin
from ..events import EnvelopeDeclined, PartyDeclined, SigningIntended
from ..lifecycle import PartyStep, Step
from ..models import Act, Field, FieldKind, Party, SigningSession
from ..refusals import (
    CannotDecline,
    CannotSave,
    CannotSign,
    ShownHasChanged,
)
from ..tries import hold_proven

ATTACHMENT_NAME = 100  # letters of a file's name, from its end


@db.transaction
def save_value(
    session: SigningSession,
    *,
    field: Field,
    value: str = "",
    picture: str = "",
    may_keep: bool = False,
    at: datetime,
) -> Field:
    """Keep what a party typed or drew so far; it is still there when they come back.

    A picture is named by the hash of its cleaned PNG in the file store. With ``may_keep`` the
    party lets us take the answer over into our directory once it has signed.
    """
    _hold_own(session, field, at=at)
    if field.kind == FieldKind.FILE:
        raise CannotSave(_("A file belongs here."))
    if reason := rules.obstacle_to_value(field, value) or _obstacle_to_showing(field, value):
        raise CannotSave(reason)

    field.value = "" if field.kind in rules.PICTURES else value
    field.picture = picture if field.kind in rules.PICTURES else ""
    field.may_keep = may_keep and details.is_ours_to_keep(field)
    field.save(update_fields=["value", "picture", "may_keep"])
    return field


def _obstacle_to_showing(field: Field, value: str) -> str:
    if not value:
        return ""
    from ..assembly.fitting import obstacle_to_entering  # only here: it opens fonts and PDFs

    return obstacle_to_entering(field, value)


@db.transaction
def attach_file(
    session: SigningSession, *, field: Field, name: str, sha256: str, at: datetime
) -> Field:
    """Keep the file that a party adds; without a hash, take away what it had added.

    The PDF names it with its hash; the file itself lies beside the evidence.
    """
    _hold_own(session, field, at=at)
    if field.kind != FieldKind.FILE:
        raise CannotSave(_("No file belongs here."))
    field.value, field.attachment = (name[-ATTACHMENT_NAME:], sha256) if sha256 else ("", "")
    field.save(update_fields=["value", "attachment"])
    return field


@db.transaction
def press_sign(
    session: SigningSession,
    *,
    terms: str,
    shown: Mapping[int, str],
    origin: Origin,
    at: datetime,
) -> Act:
    """Keep that a party signs what they were shown, and have it sealed.

    ``shown`` names the bytes of each document that lay before the party. Pressing
    again returns the same act.
    """
    party = session.link.party
    steps.hold(party)
    if known := Act.objects.standing().filter(party=party).first():
        return known
    _check(session, terms=terms, shown=shown, at=at)

    party.take(PartyStep.INTEND, at=at)
    act = Act.objects.create(
        party=party,
        session=session,
        intended_at=at,
        documents=[
            {"document": pk, "shown": sha256, "signed": ""} for pk, sha256 in shown.items()
        ],
        terms=terms,
        ip=origin.ip,
        user_agent=origin.user_agent[:400],
    )
    journal.record(_intent(act, code_id=session.code_id), by=party.actor, at=at)
    return act


@db.transaction
def decline(session: SigningSession, *, reason: str, origin: Origin, at: datetime) -> None:
    """End the envelope because this party does not sign, with the reason for the sender.

    It cannot be undone, so it takes the same proof of identity as signing.
    """
    party = hold_proven(session, at=at)
    envelope = party.envelope
    parties = queries.parties_of(envelope)
    if obstacles := rules.obstacles_to_declining(party, parties, reason=reason):
        raise CannotDecline(obstacles)

    party.decline_reason = reason.strip()
    party.save(update_fields=["decline_reason"])
    party.take(PartyStep.DECLINE, at=at)
    envelope.take(Step.DECLINE, at=at)
    _record_decline(party, origin=origin, at=at)


def _hold_own(session: SigningSession, field: Field, *, at: datetime) -> None:
    party = hold_proven(session, at=at)
    if field.party_id != party.pk:
        raise CannotSave(_("This field belongs to somebody else."))


def _check(session: SigningSession, *, terms: str, shown: Mapping[int, str], at: datetime) -> None:
    """Refuse to sign what is incomplete, or is not what was shown."""
    party = hold_proven(session, at=at)
    if not party.is_signer:
        raise CannotSign(_("You are asked to approve this document, not to sign it."))
    desk = queries.desk_of(party, at=at)
    others = [other for other in queries.line_of(party.envelope) if other.pk != party.pk]
    if any(other.is_signing for other in others) or rules.has_changed(shown, desk.shown):
        raise ShownHasChanged(
            _("Somebody has just signed. Look at the document once more, then sign.")
        )
    obstacles = rules.obstacles_to_leaving(party, others)
    if obstacles := obstacles + rules.obstacles_to_signing(desk.fields, terms=terms):
        raise CannotSign(obstacles)


def _intent(act: Act, *, code_id: int) -> SigningIntended:
    party = act.party
    return SigningIntended(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        party=party.name,
        act_id=act.pk,
        code_id=code_id,
        shown={str(item["document"]): item["shown"] for item in act.documents},
        terms=act.terms,
        ip=act.ip,
        user_agent=act.user_agent,
        attached={field.attachment: field.value for field in party.fields.exclude(attachment="")},
    )


def _record_decline(party: Party, *, origin: Origin, at: datetime) -> None:
    envelope, reason = party.envelope, party.decline_reason
    said = PartyDeclined(
        envelope_id=envelope.pk,
        party_id=party.pk,
        party=party.name,
        reason=reason,
        ip=origin.ip,
        user_agent=origin.user_agent[:400],
    )
    journal.record(said, by=party.actor, at=at)
    ended = EnvelopeDeclined(envelope.pk, envelope.title, party.name, reason)
    journal.record(ended, by=party.actor, at=at)
