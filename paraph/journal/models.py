"""The tables of the journal: facts for ever, their payloads until they are erased."""

import hashlib
import json
from typing import Any, cast

from django.db import models

from paraph.journal.actors import Actor, Kind


class FactQuerySet(models.QuerySet["Fact"]):
    """The vocabulary of facts."""

    def about(self, subject: str, object_id: int) -> "FactQuerySet":
        """Keep the facts that concern this row."""
        return self.filter(mentions__noun=subject, mentions__object_id=object_id)


class Fact(models.Model):
    """That something happened, and when: never changed, never deleted.

    What exactly was said about it is the payload, which a person's erasure may take
    away; the commitment still proves whoever kept a copy right or wrong.
    """

    event = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.BigIntegerField(null=True)
    commitment = models.CharField(max_length=64)

    objects = FactQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["event", "id"], name="journal_fact_event")]

    @property
    def is_erased(self) -> bool:
        """Tell whether the payload is gone."""
        return not hasattr(self, "payload")

    @property
    def facts(self) -> dict[str, Any]:
        """The fields of the event; none once they are erased."""
        return {} if self.is_erased else cast(dict[str, Any], self.payload.content()["facts"])

    @property
    def actor(self) -> Actor:
        """Who did it; without a name once it is erased."""
        name = "" if self.is_erased else self.payload.content()["actor"]["name"]
        return Actor(cast(Kind, self.actor_kind), self.actor_id, name)

    @property
    def is_proven(self) -> bool:
        """Tell whether the payload is the one that was committed to."""
        return not self.is_erased and self.payload.commitment() == self.commitment


class Mention(models.Model):
    """That a fact concerns a row; as lasting as the fact."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="mentions")
    noun = models.CharField(max_length=40)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["noun", "object_id", "fact"], name="journal_mention_once"
            )
        ]


class Payload(models.Model):
    """What a fact said, in canonical JSON, with the salt of its commitment. Erasable."""

    fact = models.OneToOneField(
        Fact, on_delete=models.PROTECT, primary_key=True, related_name="payload"
    )
    salt = models.BinaryField(max_length=32)
    canonical = models.TextField()

    def content(self) -> dict[str, Any]:
        """Return the payload as plain values."""
        return cast(dict[str, Any], json.loads(self.canonical))

    def commitment(self) -> str:
        """Return the salted SHA-256 that the fact keeps, as hexadecimal digits."""
        return commitment(self.canonical, salt=bytes(self.salt))


def commitment(canonical: str, *, salt: bytes) -> str:
    """Commit to a text without revealing it: SHA-256 over the salt and the text."""
    return hashlib.sha256(salt + canonical.encode()).hexdigest()
