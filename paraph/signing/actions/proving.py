"""How a party proves who they are: a code is sent, entered, and opens a session."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paraph import journal
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.kit.ids import new_token
from paraph.messaging.actions import deliver

from .. import codes, messages, queries, rules, steps
from ..choices import Origin
from ..events import CodeRefused, CodeRequested, PartyOpened, PartyProven
from ..lifecycle import PartyStatus, PartyStep
from ..models import Code, Link, Party, SigningSession
from ..refusals import (
    CodeExpired,
    CodeTooSoon,
    CodeWrong,
    LinkExpired,
    LinkLocked,
    SessionExpired,
    TooManyCodes,
)

HOUR = timedelta(hours=1)


@db.transaction
def request_code(link: Link, *, origin: Origin, at: datetime) -> Code:
    """Write six digits to the party by the code's channel; the newest code alone counts."""
    party = _hold(link, at=at)
    _check_pace(link, at=at)
    _open(party, origin=origin, at=at)

    digits, documents_hash = codes.new_digits(), queries.documents_hash(party)
    code = Code.objects.create(
        link=link,
        mac=_mac(digits, party=party, documents_hash=documents_hash),
        documents_hash=documents_hash,
        created_at=at,
        expires_at=at + codes.CODE_LIFE,
    )
    letter = messages.signing_code(party, digits=digits, good_until=code.expires_at)
    deliver(letter, once=f"code-{code.pk}", at=at)
    asked = CodeRequested(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        code_id=code.pk,
        channel=party.code_channel,
        recipient=party.address(party.code_channel),
        ip=origin.ip,
    )
    journal.record(asked, by=party.actor, at=at)
    return code


def enter_code(link: Link, *, digits: str, origin: Origin, at: datetime) -> str:
    """Return the key of the signing session that the right digits open.

    Not an action itself: a wrong try is counted and committed before it is refused.
    """
    outcome = _try_code(link, digits=codes.cleaned(digits), origin=origin, at=at)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@db.transaction
def keep_alive(session: SigningSession, *, at: datetime) -> None:
    """Keep that the person is still here, so that the session does not go idle."""
    steps.hold(session.link.party)
    revive(session, at=at)


@db.transaction_required
def revive(session: SigningSession, *, at: datetime) -> None:
    """Take a session as good and count its idle time afresh; raises ``SessionExpired``."""
    session.refresh_from_db(fields=["seen_at", "opened_at"])
    session.link.refresh_from_db(fields=["revoked_at", "expires_at"])
    is_alive = rules.is_session_alive(session, at=at) and rules.is_link_alive(session.link, at=at)
    if not is_alive:
        raise SessionExpired(_("For your safety, please enter a new code."))
    session.seen_at = at
    session.save(update_fields=["seen_at"])


@db.transaction
def _try_code(link: Link, *, digits: str, origin: Origin, at: datetime) -> str | Refused:
    party = _hold(link, at=at)
    code = link.codes.first()
    documents_hash = queries.documents_hash(party)
    if code is None or not rules.is_code_alive(code, documents_hash=documents_hash, at=at):
        return CodeExpired(_("This code is not valid any more. Ask for a new one."))

    found = _mac(digits, party=party, documents_hash=documents_hash)
    if not codes.is_same(code.mac, found):
        return _count_wrong_try(link, code, origin=origin, at=at)
    return _prove(party, code, origin=origin, at=at)


def _count_wrong_try(link: Link, code: Code, *, origin: Origin, at: datetime) -> Refused:
    code.wrong_tries += 1
    link.wrong_tries += 1
    code.save(update_fields=["wrong_tries"])
    link.save(update_fields=["wrong_tries"])
    party = link.party
    wrong = CodeRefused(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        code_id=code.pk,
        ip=origin.ip,
        user_agent=origin.user_agent[:400],
    )
    journal.record(wrong, by=party.actor, at=at)
    return _refusal_after(link, code)


def _refusal_after(link: Link, code: Code) -> Refused:
    if rules.is_link_locked(link):
        return _locked()
    left = rules.tries_left(link, code)
    if not left:
        return CodeWrong(_("This code is locked after five wrong tries. Ask for a new one."))
    return CodeWrong(
        ngettext(
            "These are not the digits we sent. You can try %(count)d more time.",
            "These are not the digits we sent. You can try %(count)d more times.",
            left,
        )
        % {"count": left}
    )


def _prove(party: Party, code: Code, *, origin: Origin, at: datetime) -> str:
    code.used_at = at
    code.save(update_fields=["used_at"])
    party.take(PartyStep.PROVE, at=at)
    key = new_token()
    SigningSession.objects.create(
        code=code, link=code.link, key_hash=codes.hashed(key), opened_at=at, seen_at=at
    )
    proven = PartyProven(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        party=party.name,
        code_id=code.pk,
        channel=party.code_channel,
        recipient=party.address(party.code_channel),
        documents_hash=code.documents_hash,
        ip=origin.ip,
        user_agent=origin.user_agent[:400],
    )
    journal.record(proven, by=party.actor, at=at)
    return key


def _hold(link: Link, *, at: datetime) -> Party:
    """Hold a link's party, whose turn it must be, by a link that still opens something."""
    party = link.party
    steps.hold_to_act(party, at=at)
    link.refresh_from_db(fields=["wrong_tries", "revoked_at", "expires_at"])
    if not rules.is_link_alive(link, at=at):
        raise LinkExpired(_("This link is not valid any more. Ask the sender for a new one."))
    if rules.is_link_locked(link):
        raise _locked()
    return party


def _locked() -> LinkLocked:
    return LinkLocked(_("Too many wrong codes were entered here. Ask the sender for a new link."))


def _open(party: Party, *, origin: Origin, at: datetime) -> None:
    if party.status != PartyStatus.ASKED:
        return
    party.take(PartyStep.OPEN, at=at)
    opened = PartyOpened(
        party.envelope_id, party.pk, party.name, origin.ip, origin.user_agent[:400]
    )
    journal.record(opened, by=party.actor, at=at)


def _check_pace(link: Link, *, at: datetime) -> None:
    """Refuse a code that comes too soon after the last, or is one too many for the hour."""
    recent = [code.created_at for code in link.codes.filter(created_at__gt=at - HOUR)]
    if recent and at < recent[0] + codes.CODE_PAUSE:
        seconds = ceil((recent[0] + codes.CODE_PAUSE - at).total_seconds())
        raise CodeTooSoon(
            ngettext(
                "A code is on its way. You can ask for another in %(count)d second.",
                "A code is on its way. You can ask for another in %(count)d seconds.",
                seconds,
            )
            % {"count": seconds}
        )
    if len(recent) >= codes.CODES_AN_HOUR:
        raise TooManyCodes(_("You have asked for many codes. Please try again in an hour."))


def _mac(digits: str, *, party: Party, documents_hash: str) -> str:
    return codes.mac(digits, party_id=party.pk, purpose="sign", documents_hash=documents_hash)
