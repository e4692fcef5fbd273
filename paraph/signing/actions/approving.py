"""Approving: a party says yes to what it was shown, without signing in the documents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.kit import db

from .. import queries, rules, steps
from ..choices import Origin
from ..lifecycle import PartyStep
from ..line_events import PartyApproved
from ..models import Party, SigningSession
from ..refusals import CannotSign, ShownHasChanged
from ..tries import hold_proven


@db.transaction
def approve(
    session: SigningSession,
    *,
    terms: str,
    shown: Mapping[int, str],
    origin: Origin,
    at: datetime,
) -> None:
    """Keep that an approver agrees to what lay before them; pressing again changes nothing."""
    party = session.link.party
    steps.hold(party)
    if party.approved_at is not None:
        return
    hold_proven(session, at=at)
    _check(party, terms=terms, shown=shown, at=at)

    party.take(PartyStep.APPROVE, at=at)
    proof = session.code
    approved = PartyApproved(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        party=party.name,
        code_id=proof.pk,
        channel=proof.method,
        recipient=party.address(proof.method) if proof.is_sent else "",
        shown={str(pk): sha256 for pk, sha256 in shown.items()},
        terms=terms,
        ip=origin.ip,
        user_agent=origin.user_agent[:400],
    )
    journal.record(approved, by=party.actor, at=at)
    steps.go_on(party.envelope, by=journal.SYSTEM, at=at)


def _check(party: Party, *, terms: str, shown: Mapping[int, str], at: datetime) -> None:
    if not party.is_approver:
        raise CannotSign(_("You are asked to sign this document, not to approve it."))
    parties = queries.parties_of(party.envelope)
    is_other_signing = any(other.is_signing for other in parties)
    if is_other_signing or rules.has_changed(shown, queries.desk_of(party, at=at).shown):
        raise ShownHasChanged(
            _("Somebody has just signed. Look at the document once more, then approve.")
        )
    obstacles = rules.obstacles_to_leaving(party, parties)
    if obstacles := obstacles + rules.obstacles_to_signing([], terms=terms):
        raise CannotSign(obstacles)
