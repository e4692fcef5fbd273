"""Writing to the journal: facts in the acting transaction, and reactions ordered with them."""

import secrets
from datetime import UTC, datetime

from paraph.journal.actors import Actor
from paraph.journal.events import Event
from paraph.journal.jobs import react
from paraph.journal.models import Fact, FactQuerySet, Mention, Payload, Unlogged, commitment
from paraph.journal.reacting import reactions_to
from paraph.kit import db
from paraph.kit.canonical import canonical_json
from paraph.kit.jobs import enqueue

SALT_BYTES = 32


@db.transaction_required
def record(event: Event, *, by: Actor, at: datetime) -> Fact:
    """Write down that something happened, and set in motion what reacts to it."""
    canonical, salt = canonical_payload(event, by=by, at=at), secrets.token_bytes(SALT_BYTES)
    fact = Fact.objects.create(
        event=event.name,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        commitment=commitment(canonical, salt=salt),
    )
    Payload.objects.create(fact=fact, salt=salt, canonical=canonical)
    Mention.objects.bulk_create(
        Mention(fact=fact, noun=noun, object_id=object_id) for noun, object_id in event.subjects()
    )
    if event.is_logged:
        Unlogged.objects.create(fact=fact)
    for reaction in reactions_to(event.name):
        enqueue(react, fact_id=fact.pk, reaction=reaction.name)
    return fact


def canonical_payload(event: Event, *, by: Actor, at: datetime) -> str:
    """Return the text that a fact commits to."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    actor = {"kind": by.kind, "id": by.id, "name": by.name}
    return canonical_json(
        {"event": event.name, "at": moment, "actor": actor, "facts": event.facts()}
    )


def timeline(*, subject: str, object_id: int) -> FactQuerySet:
    """Return the facts about one row, newest first."""
    return Fact.objects.about(subject, object_id).select_related("payload").order_by("-at", "-id")


@db.transaction_required
def erase(fact: Fact) -> None:
    """Take away what a fact said. That it happened, and the commitment, remain."""
    Payload.objects.filter(fact=fact).delete()
    fact.refresh_from_db()
