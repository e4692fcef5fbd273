"""Writing and erasing many facts at once, for long work: each row keeps a fact of its own."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from paraph.journal.actors import Actor
from paraph.journal.events import Event
from paraph.journal.models import Fact, FactQuerySet, Mention, Payload, commitment
from paraph.journal.reacting import reactions_to
from paraph.journal.recording import MENTION, PAYLOAD, SALT_BYTES, canonical_payload
from paraph.kit import db
from paraph.kit.inserting import insert_values

FACT = ("event", "at", "actor_kind", "actor_id", "commitment")


class NotInBulk(TypeError):
    """Something follows from this event: it is recorded one by one."""


@db.transaction_required
def record_many(events: Sequence[Event], *, by: Actor, at: datetime) -> None:
    """Write down what happened to many rows, in few statements; only what nothing reacts to."""
    for name in {event.name for event in events if event.is_logged or reactions_to(event.name)}:
        raise NotInBulk(name)
    texts = [canonical_payload(event, by=by, at=at) for event in events]
    salts = [secrets.token_bytes(SALT_BYTES) for _event in events]
    facts = [
        (event.name, at, by.kind, by.id, commitment(text, salt=salt))
        for event, text, salt in zip(events, texts, salts, strict=True)
    ]
    numbers = insert_values(Fact, FACT, facts)
    insert_values(Payload, PAYLOAD, [*zip(numbers, salts, texts, strict=True)])
    mentions = [
        (number, noun, row)
        for number, event in zip(numbers, events, strict=True)
        for noun, row in event.subjects()
    ]
    insert_values(Mention, MENTION, mentions)


@db.transaction_required
def erase_facts(facts: FactQuerySet) -> int:
    """Take away what these facts said, and tell of how many. That they happened remains."""
    keys = list(facts.filter(payload__isnull=False).values_list("pk", flat=True).distinct())
    Payload.objects.filter(fact__in=keys).delete()
    return len(keys)
