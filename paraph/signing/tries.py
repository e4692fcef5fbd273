"""Steps of proving that links, stacks and acts share: tries, sessions, and what is refused.

They join the action's transaction and start none.
"""

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
from paraph.people.models import Employee

from . import codes, passkeys, proofs, rules, steps
from .choices import Origin
from .events import CodeRefused, PartyOpened, PartyProven
from .lifecycle import PartyStatus, PartyStep
from .models import Code, Codes, Link, Party, Proof, SigningSession
from .proofs import Entered
from .refusals import (
    CodeTooSoon,
    CodeWrong,
    LinkExpired,
    LinkLocked,
    NotYourTurn,
    SessionExpired,
    TooManyCodes,
)

HOUR = timedelta(hours=1)


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
