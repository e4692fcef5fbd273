"""Signing a stack: an employee chooses documents, one code proves them for exactly this list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.messaging.actions import deliver
from paraph.people.models import Employee

from .. import codes, messages, proofs, rules, stacks
from ..choices import Origin
from ..events import CodeRequested
from ..models import Code, Link, Party, Proof, SigningSession, Stack, StackItem
from ..pictures import STAMPS, saved_picture
from ..proofs import Entered
from ..refusals import CannotProve, CannotStack, CodeExpired
from ..tries import (
    check_pace,
    count_wrong_try,
    hold_behind,
    is_own_right,
    note_opened,
    prove,
    refusal_after,
    used,
)
from . import ceremony

MOST = 50


@dataclass(frozen=True)
class Given:
    """What an employee gives to all documents of a stack, and saw of each."""

    terms: str
    shown: Mapping[int, Mapping[int, str]]  # by party: the hash of each document shown
    values: Mapping[int, str] = field(default_factory=dict)  # by field
    picture: str = ""  # their hand, where the company keeps no signature


@db.transaction
def open_stack(person: Employee, *, parties: Sequence[Party], at: datetime) -> Stack:
    """Keep which documents an employee wants to sign together: this list and no other."""
    person.lock()
    has_own = proofs.has_own(person)
    if obstacles := rules.obstacles_to_stacking(
        person, parties, has_own=has_own, most=MOST, at=at
    ):
        raise CannotStack(obstacles)
    stack = Stack.objects.create(
        employee=person, documents_hash=stacks.hash_of(parties), created_at=at
    )
    StackItem.objects.bulk_create(
        StackItem(stack=stack, party=party, position=position)
        for position, party in enumerate(parties, start=1)
    )
    return stack


@db.transaction
def request_stack_code(stack: Stack, *, origin: Origin, at: datetime) -> Code:
    """Write six digits to the employee that are good for this stack alone."""
    stack.employee.lock()  # the pace is the person's, whatever stack they hold
    stack.lock()
    _refuse_signed(stack)
    if not stacks.is_for_mail(stack):
        raise CannotProve(_("For one of these documents a code by e-mail is not enough."))
    check_pace(Code.objects.filter(stack__employee=stack.employee_id), at=at)
    digits = codes.new_digits()
    code = Code.objects.create(
        stack=stack,
        purpose="stack",
        mac=_mac(digits, stack=stack),
        documents_hash=stack.documents_hash,
        created_at=at,
        expires_at=at + codes.CODE_LIFE,
    )
    letter = messages.stack_code(stack, digits=digits, good_until=code.expires_at)
    deliver(letter, once=f"code-{code.pk}", at=at)
    for item in stacks.items_of(stack):
        _note_request(item.party, code, origin=origin, at=at)
    return code


@db.transaction
def ask_for_stack_passkey(stack: Stack, *, at: datetime) -> Code:
    """Ask the employee's browser for a passkey, for this stack alone."""
    stack.lock()
    _refuse_signed(stack)
    if not proofs.has_passkey(stack.employee):
        raise CannotProve(_("There is no passkey that could stand for the code here."))
    asked = _code_tried(stack, entered=Entered("", Proof.PASSKEY), at=at)
    return asked or Code.objects.create(
        stack=stack,
        method=Proof.PASSKEY,
        purpose="stack",
        documents_hash=stack.documents_hash,
        created_at=at,
        expires_at=at + codes.CODE_LIFE,
    )


def enter_stack_code(
    stack: Stack, *, digits: str, proof: str = "", origin: Origin, at: datetime
) -> list[SigningSession]:
    """Return a signing session for each document of the stack that can still be signed.

    Not an action itself: a wrong try is counted and committed before it is refused.
    """
    outcome = _try_code(stack, entered=Entered(digits, proof), origin=origin, at=at)
    if isinstance(outcome, Refused):
        raise outcome
    return outcome


def sign_each(
    sessions: Sequence[SigningSession], *, given: Given, origin: Origin, at: datetime
) -> None:
    """Press *Sign* in every document; one that is refused is told, and the others go on.

    Not an action itself: each document is an act of its own.
    """
    for session in sessions:
        try:
            _fill(session, given, at=at)
            ceremony.press_sign(
                session,
                terms=given.terms,
                shown=given.shown.get(session.link.party_id, {}),
                origin=origin,
                at=at,
            )
        except Refused as refused:
            refuse_item(session, reasons=refused.reasons)


def _fill(session: SigningSession, given: Given, *, at: datetime) -> None:
    party = session.link.party
    for place in party.fields.all():
        if place.kind in rules.PICTURES:
            hand = "" if place.kind in STAMPS else given.picture
            if picture := saved_picture(party, place.kind) or place.picture or hand:
                ceremony.save_value(session, field=place, picture=picture, at=at)
        elif place.pk in given.values:
            ceremony.save_value(session, field=place, value=given.values[place.pk], at=at)


@db.transaction
def refuse_item(session: SigningSession, *, reasons: Sequence[str]) -> None:
    """Keep why one document of a stack was not signed."""
    items = StackItem.objects.filter(stack=session.code.stack_id, party=session.link.party_id)
    items.update(refusal=" ".join(reasons))


@db.transaction
def _try_code(
    stack: Stack, *, entered: Entered, origin: Origin, at: datetime
) -> list[SigningSession] | Refused:
    stack.lock()
    _refuse_signed(stack)
    links = _held(stack, entered=entered, at=at)
    code = _code_tried(stack, entered=entered, at=at) if links else None
    if code is None:
        return CodeExpired(_("This code is not valid any more. Ask for a new one."))
    is_right = _is_right(code, stack=stack, entered=entered, at=at)
    if not (is_right and used(code, at=at)):
        code.wrong_tries += 1
        code.save(update_fields=["wrong_tries"])
        for link in links:
            count_wrong_try(link, code, origin=origin, at=at)
        return refusal_after(code, links=links)

    stack.signed_at = at
    stack.save(update_fields=["signed_at"])
    for link in links:
        note_opened(link.party, origin=origin, at=at)
        prove(link, code, origin=origin, at=at)
    return list(code.sessions.select_related("link__party__envelope__company", "code"))


@db.transaction_required
def _held(stack: Stack, *, entered: Entered, at: datetime) -> list[Link]:
    """Hold every document that can still be signed, in one order; say of the others why not."""
    links = []
    for item in sorted(stacks.items_of(stack), key=lambda item: item.party.envelope_id):
        link = item.party.links.filter(purpose="sign").order_by("-id").first()
        try:
            if link is None:
                raise CannotStack(_("There is no way in to this document any more."))
            link.party = item.party
            hold_behind(link, at=at)
            if reason := rules.obstacle_to_proving(link.party, has_own=entered.is_own):
                raise CannotStack(reason)
            links.append(link)
        except Refused as refused:
            item.refusal = " ".join(refused.reasons)
            item.save(update_fields=["refusal"])
    return links


def _code_tried(stack: Stack, *, entered: Entered, at: datetime) -> Code | None:
    if entered.method != Proof.TOTP:
        made = stack.codes.filter(method=Proof.PASSKEY) if entered.is_own else stack.codes.sent()
        code = made.first()
        expected = stacks.hash_of([item.party for item in stacks.items_of(stack)])
        is_alive = code and rules.is_code_alive(code, documents_hash=expected, at=at)
        return code if is_alive else None
    known = stack.codes.filter(method=Proof.TOTP, used_at=None).first()
    return known or Code.objects.create(
        stack=stack,
        method=Proof.TOTP,
        purpose="stack",
        documents_hash=stack.documents_hash,
        created_at=at,
        expires_at=at,
    )


def _is_right(code: Code, *, stack: Stack, entered: Entered, at: datetime) -> bool:
    if code.method in rules.OWN:
        return is_own_right(code, person=stack.employee, entered=entered, at=at)
    return codes.is_same(code.mac, _mac(entered.digits, stack=stack))


def _mac(digits: str, *, stack: Stack) -> str:
    return codes.mac(
        digits, whose=stack.employee_id, purpose="stack", documents_hash=stack.documents_hash
    )


def _refuse_signed(stack: Stack) -> None:
    if stack.signed_at is not None:
        raise CannotStack(_("These documents have been signed with their code already."))


def _note_request(party: Party, code: Code, *, origin: Origin, at: datetime) -> None:
    asked = CodeRequested(
        envelope_id=party.envelope_id,
        party_id=party.pk,
        code_id=code.pk,
        channel=code.method,
        recipient=proofs.sent_to(code, party=party),
        ip=origin.ip,
    )
    journal.record(asked, by=party.actor, at=at)
