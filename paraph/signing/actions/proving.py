"""How a party proves who they are: by a code that is sent, by an agreed one, or by an app."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.messaging.actions import deliver

from .. import codes, messages, proofs, queries, rules, steps
from ..choices import Origin
from ..events import CodeRequested
from ..models import Channel, Code, Link, Party, Proof, SigningSession
from ..proofs import Entered
from ..refusals import (
    CannotProve,
    CodeExpired,
)
from ..tries import (
    check_pace,
    count_wrong_try,
    hold_behind,
    is_own_right,
    note_opened,
    prove,
    refusal_after,
    revive,
    used,
    words_locked,
)


@db.transaction
def request_code(link: Link, *, origin: Origin, at: datetime) -> Code:
    """Write six digits to the party by the code's channel; the newest code alone counts."""
    party = hold_behind(link, at=at)
    if party.code_channel not in Channel.values:
        raise CannotProve(_("For this document no code is sent: enter the one you agreed on."))
    check_pace(link.codes.all(), at=at)
    note_opened(party, origin=origin, at=at)

    digits, documents_hash = codes.new_digits(), queries.documents_hash(party)
    code = Code.objects.create(
        link=link,
        method=party.code_channel,
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


@db.transaction
def ask_for_passkey(link: Link, *, origin: Origin, at: datetime) -> Code:
    """Ask an employee's browser for a passkey; the question is good as long as a code."""
    party = hold_behind(link, at=at)
    if not (rules.may_prove(Proof.PASSKEY, party=party) and proofs.has_passkey(party.employee)):
        raise CannotProve(_("There is no passkey that could stand for the code here."))
    note_opened(party, origin=origin, at=at)
    asked = _code_tried(link, entered=Entered("", Proof.PASSKEY), at=at)
    return asked or Code.objects.create(
        link=link,
        method=Proof.PASSKEY,
        documents_hash=queries.documents_hash(party),
        created_at=at,
        expires_at=at + codes.CODE_LIFE,
    )


def enter_code(link: Link, *, digits: str, proof: str = "", origin: Origin, at: datetime) -> str:
    """Return the key of the signing session that the right proof opens.

    Without a ``proof`` the digits are those that we sent. Not an action itself: a wrong
    try is counted and committed before it is refused.
    """
    outcome = _try_code(link, entered=Entered(digits, proof), origin=origin, at=at)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


@db.transaction
def keep_alive(session: SigningSession, *, at: datetime) -> None:
    """Keep that the person is still here, so that the session does not go idle."""
    steps.hold(session.link.party)
    revive(session, at=at)


@db.transaction
def _try_code(link: Link, *, entered: Entered, origin: Origin, at: datetime) -> str | Refused:
    party = hold_behind(link, at=at)
    if entered.method == Proof.ACCESS and rules.are_words_locked(proofs.wrong_words(party)):
        return words_locked()
    code = _code_tried(link, entered=entered, at=at)
    if code is None:
        return CodeExpired(_("This code is not valid any more. Ask for a new one."))
    is_right = _is_right(code, party=party, entered=entered, at=at)
    if not (is_right and used(code, at=at)):
        count_wrong_try(link, code, origin=origin, at=at)
        return refusal_after(code, links=[link])

    note_opened(party, origin=origin, at=at)
    return prove(link, code, origin=origin, at=at)


def _code_tried(link: Link, *, entered: Entered, at: datetime) -> Code | None:
    """Return the row that the try counts on: the code sent last, or one for another proof."""
    documents_hash = queries.documents_hash(link.party)
    if entered.method not in {Proof.ACCESS, Proof.TOTP}:
        made = link.codes.filter(method=Proof.PASSKEY) if entered.is_own else link.codes.sent()
        code = made.first()
        is_alive = code and rules.is_code_alive(code, documents_hash=documents_hash, at=at)
        return code if is_alive else None
    known = link.codes.filter(method=entered.method, used_at=None).first()
    return known or Code.objects.create(
        link=link,
        method=entered.method,
        documents_hash=documents_hash,
        created_at=at,
        expires_at=at,
    )


def _is_right(code: Code, *, party: Party, entered: Entered, at: datetime) -> bool:
    if not rules.may_prove(code.method, party=party):
        return False
    if code.method == Proof.ACCESS:
        return proofs.is_access_right(party, entered.text)
    if code.method in rules.OWN and party.employee:
        return is_own_right(code, person=party.employee, entered=entered, at=at)
    found = _mac(entered.digits, party=party, documents_hash=code.documents_hash)
    return codes.is_same(code.mac, found)


def _mac(digits: str, *, party: Party, documents_hash: str) -> str:
    return codes.mac(digits, whose=party.pk, purpose="sign", documents_hash=documents_hash)
