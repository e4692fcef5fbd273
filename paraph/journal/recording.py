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
from paraph.kit.inserting import insert_many, insert_values
from paraph.kit.jobs import enqueue

SALT_BYTES = 32
PAYLOAD = ("fact_id", "salt", "canonical")
MENTION = ("fact_id", "noun", "object_id")


@db.transaction_required
def record(event: Event, *, by: Actor, at: datetime) -> Fact:
    """Write down that something happened, and set in motion what reacts to it."""
    canonical, salt = canonical_payload(event, by=by, at=at), secrets.token_bytes(SALT_BYTES)
    fact = Fact(
        event=event.name,
        at=at,
        actor_kind=by.kind,
        actor_id=by.id,
        commitment=commitment(canonical, salt=salt),
    )
    insert_many([fact])
    insert_values(Payload, PAYLOAD, [(fact.pk, salt, canonical)])
    mentions = [(fact.pk, noun, object_id) for noun, object_id in event.subjects()]
    if mentions:
        insert_values(Mention, MENTION, mentions)
    if event.is_logged:
        insert_values(Unlogged, ["fact_id"], [(fact.pk,)])
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
