"""What we say to parties and to the sender. The words are templates in ``messages/<kind>/``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import cast

from django.conf import settings

from paraph.messaging.letters import Channel as Way
from paraph.messaging.letters import Letter
from paraph.people.models import Employee, Installation

from .access import address_of
from .deadlines import deadline_told
from .models import Envelope, Party, Question, Stack
from .stacks import items_of
from .wording import WORDABLE, values_of

SHORT = 30


def signature_requested(party: Party, *, token: str) -> Letter:
    """Ask a party to sign, or to approve: the link, from whom, what, until when."""
    kind = "approval_requested" if party.is_approver else "signature_requested"
    return _to_party(kind, party, link=address_of(token))


def reminder(party: Party, *, token: str) -> Letter:
    """Ask again."""
    return _to_party("reminder", party, link=address_of(token))


def sign_again(party: Party, *, token: str) -> Letter:
    """Ask a party whose signature could not be sealed to sign once more."""
    return _to_party("sign_again", party, link=address_of(token))


def question_answered(party: Party, *, question: Question, token: str) -> Letter:
    """Tell a party what its question was answered, with the way back to the document."""
    return _to_party("question_answered", party, question=question, link=address_of(token))


def no_longer_needed(party: Party) -> Letter:
    """Tell a party that enough of its group have acted."""
    return _to_party("party_released", party)


def replaced(party: Party, *, successor: Party, reason: str) -> Letter:
    """Tell somebody who was asked that another acts instead."""
    return _to_party("party_replaced", party, successor=successor, reason=reason)


def signing_code(party: Party, *, digits: str, good_until: datetime) -> Letter:
    """Tell a party the six digits that open the documents."""
    letter = _to_party("signing_code", party, channel=party.code_channel, digits=digits)
    return _secret(letter, good_until=good_until)


def stack_code(stack: Stack, *, digits: str, good_until: datetime) -> Letter:
    """Tell an employee the six digits that sign exactly the documents they chose."""
    person = stack.employee
    envelopes = [item.party.envelope for item in items_of(stack)]
    titles = [envelope.title for envelope in envelopes]
    about = {"titles": titles, "count": len(titles), "company": envelopes[0].company}
    letter = Letter(
        kind="stack_code",
        channel="email",
        recipient=person.email,
        recipient_name=person.name,
        language=person.language,
        context={"digits": digits, **about},
        about=("employee", person.pk),
    )
    return _secret(letter, good_until=good_until)


def envelope_completed(party: Party, *, token: str) -> Letter:
    """Give a party the way to the completed documents."""
    return _to_party("envelope_completed", party, link=address_of(token, purpose="file"))


def envelope_ended(kind: str, party: Party, *, reason: str = "") -> Letter:
    """Tell a party that nothing is left to sign: declined, cancelled or expired, and why."""
    return _to_party(kind, party, reason=reason)


def to_responsible(kind: str, envelope: Envelope, **more: object) -> Letter:
    """Tell whoever is responsible for an envelope what became of it."""
    person = envelope.responsible
    link = f"{settings.PARAPH_URL}/envelopes/{envelope.pk}/"
    return Letter(
        kind=kind,
        channel="email",
        recipient=person.email,
        recipient_name=person.name,
        language=person.language,
        context=_context(envelope, {"employee": person, "link": link, **more}),
        about=("envelope", envelope.pk),
    )


def keys_need_attention(person: Employee, *, worries: Sequence[object]) -> Letter:
    """Tell an administrator which keys and certificates somebody should see to."""
    company = {"name": Installation.here().name or "Paraph", "colour": "#1d2433"}
    return Letter(
        kind="keys_need_attention",
        channel="email",
        recipient=person.email,
        recipient_name=person.name,
        language=person.language,
        context={
            "worries": worries,
            "company": company,
            "link": f"{settings.PARAPH_URL}/keys/",
        },
        about=("employee", person.pk),
    )


def example(kind: str, party: Party, *, channel: str, **more: object) -> Letter:
    """Return a letter of that kind for a party that nobody keeps, to show how it reads."""
    return _to_party(kind, party, channel=channel, **more)


def _to_party(kind: str, party: Party, *, channel: str = "", **more: object) -> Letter:
    channel = channel or party.link_channel
    return Letter(
        kind=kind,
        channel=cast(Way, channel),
        recipient=party.address(channel),
        recipient_name=party.name,
        language=party.language,
        context=_context(
            party.envelope, {"party": party, "deadline": deadline_told(party), **more}
        ),
        about=("party", party.pk),
        values=values_of(party, more) if kind in WORDABLE else {},
    )


def _secret(letter: Letter, *, good_until: datetime) -> Letter:
    return replace(letter, is_secret=True, is_urgent=True, good_until=good_until)


def _context(envelope: Envelope, more: Mapping[str, object]) -> dict[str, object]:
    company = envelope.company
    name = company.name if company else ""
    return {
        "envelope": envelope,
        "company": company,
        "short_title": _short(envelope.title),
        "short_company": _short(name),
        **more,
    }


def _short(text: str) -> str:
    """Cut for SMS, where an ellipsis would turn the whole text into a costlier alphabet."""
    return text if len(text) <= SHORT else text[: SHORT - 2].rstrip() + ".."
