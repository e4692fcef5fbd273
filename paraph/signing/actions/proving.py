"""How a party proves who they are: by a code that is sent, by an agreed one, or by an app."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paraph import journal
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.kit.ids import new_token
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from .. import codes, messages, passkeys, proofs, queries, rules, steps
from ..choices import Origin
from ..events import CodeRefused, CodeRequested, PartyOpened, PartyProven
from ..lifecycle import PartyStatus, PartyStep
from ..models import Channel, Code, Codes, Link, Party, Proof, SigningSession
from ..proofs import Entered
from ..refusals import (
    CannotProve,
    CodeExpired,
    CodeTooSoon,
    CodeWrong,
    LinkExpired,
    LinkLocked,
    NotYourTurn,
    SessionExpired,
    TooManyCodes,
)

HOUR = timedelta(hours=1)


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


@db.transaction_required
def hold_proven(session: SigningSession, *, at: datetime) -> Party:
    """Hold the party of a session that still stands for them."""
    party = session.link.party
    steps.hold_to_act(party, at=at)
    if party.status != PartyStatus.PROVEN:
        raise NotYourTurn(_("Please enter a code first."))
    revive(session, at=at)
    return party


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


@db.transaction_required
def used(code: Code, *, at: datetime) -> bool:
    """Use a proof up; False when the same digits of an app were used at this very moment."""
    code.used_at = at
    try:
        with transaction.atomic():  # a savepoint: PostgreSQL forgives only up to one
            code.save(update_fields=["used_at", "mac"])
    except IntegrityError:
        code.used_at, code.mac = None, ""
        return False
    return True


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


def is_own_right(code: Code, *, person: Employee, entered: Entered, at: datetime) -> bool:
    """Tell whether the app or a passkey of a person's account gives the right answer."""
    if code.method == Proof.PASSKEY:
        return passkeys.is_answered(code, entered.text, person=person)
    code.mac = proofs.app_proof(person, entered.digits, at=at)
    return bool(code.mac)


@db.transaction_required
def count_wrong_try(link: Link, code: Code, *, origin: Origin, at: datetime) -> None:
    """Count a wrong try on the link, for its whole life, and write down who it was."""
    if code.link_id:
        code.wrong_tries += 1
        code.save(update_fields=["wrong_tries"])
    link.wrong_tries += 1
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


def refusal_after(code: Code, *, links: Sequence[Link]) -> Refused:
    """Return what is told after a wrong try: how many are left, if any."""
    wrong_words = proofs.wrong_words(links[0].party) if code.method == Proof.ACCESS else 0
    if rules.are_words_locked(wrong_words):
        return words_locked()
    open_links = [link for link in links if not rules.is_link_locked(link)]
    if not open_links:
        return locked()
    left = min(rules.tries_left(link, code, wrong_words=wrong_words) for link in open_links)
    if not left:
        return CodeWrong(_("This code is locked after five wrong tries. Ask for a new one."))
    return CodeWrong(
        ngettext(
            "This is not the right code. You can try %(count)d more time.",
            "This is not the right code. You can try %(count)d more times.",
            left,
        )
        % {"count": left}
    )


@db.transaction_required
def prove(link: Link, code: Code, *, origin: Origin, at: datetime) -> str:
    """Take a party as proven by the code, and open a session; return its key."""
    party, key = link.party, new_token()
    party.take(PartyStep.PROVE, at=at)
    SigningSession.objects.create(
        code=code, link=link, key_hash=codes.hashed(key), opened_at=at, seen_at=at
    )
    proven = PartyProven(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        party=party.name,
        code_id=code.pk,
        channel=code.method,
        recipient=proofs.sent_to(code, party=party),
        documents_hash=code.documents_hash,
        ip=origin.ip,
        user_agent=origin.user_agent[:400],
        stack_id=code.stack_id,
    )
    journal.record(proven, by=party.actor, at=at)
    return key


@db.transaction_required
def hold_behind(link: Link, *, at: datetime) -> Party:
    """Hold a link's party, whose turn it must be, by a link that still opens something."""
    party = link.party
    steps.hold_to_act(party, at=at)
    link.refresh_from_db(fields=["wrong_tries", "revoked_at", "expires_at"])
    if not rules.is_link_alive(link, at=at):
        raise LinkExpired(_("This link is not valid any more. Ask the sender for a new one."))
    if rules.is_link_locked(link):
        raise locked()
    return party


def locked() -> LinkLocked:
    """Return the refusal of a link whose tries are spent."""
    return LinkLocked(_("Too many wrong codes were entered here. Ask the sender for a new link."))


def words_locked() -> LinkLocked:
    """Return the refusal of agreed words that were tried too often: no other link helps."""
    return LinkLocked(
        _("The access code was wrong too often. Ask the sender for another way to prove yourself.")
    )


@db.transaction_required
def note_opened(party: Party, *, origin: Origin, at: datetime) -> None:
    """Keep that a party pressed something behind the link, for the first time."""
    if party.status != PartyStatus.ASKED:
        return
    party.take(PartyStep.OPEN, at=at)
    opened = PartyOpened(
        party.envelope_id, party.pk, party.name, origin.ip, origin.user_agent[:400]
    )
    journal.record(opened, by=party.actor, at=at)


def check_pace(earlier: Codes, *, at: datetime) -> None:
    """Refuse a code that comes too soon after the last, or is one too many for the hour."""
    sent = earlier.sent().filter(created_at__gt=at - HOUR)
    recent = [code.created_at for code in sent.order_by("-created_at")]
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
    return codes.mac(digits, whose=party.pk, purpose="sign", documents_hash=documents_hash)
