"""The tables of the journal: facts for ever, their payloads until they are erased, and the log."""

import hashlib
import json
from typing import Any, cast

from django.db import models

from paraph.journal.actors import Actor, Kind
from paraph.kit.models import LockableModel


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


class LogShard(LockableModel):
    """One log with a key of its own. A restored installation goes on in a new one."""

    number = models.PositiveIntegerField(unique=True)
    origin = models.CharField(max_length=200, unique=True)  # "sign.example.org/log/0"
    public_key = models.CharField(max_length=400)  # name+id+key, as verifiers store it
    sealed_key = models.BinaryField()  # encrypted under a key derived from the master key
    previous = models.TextField(blank=True)  # the last checkpoint of the shard before
    size = models.PositiveBigIntegerField(default=0)  # entries sequenced
    published = models.PositiveBigIntegerField(default=0)  # entries under the newest checkpoint
    opened_at = models.DateTimeField()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("number",)


class LogEntry(models.Model):
    """The place of a fact in the public log: given once, for ever."""

    fact = models.OneToOneField(
        Fact, on_delete=models.PROTECT, primary_key=True, related_name="entry"
    )
    shard = models.ForeignKey(LogShard, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "index"], name="journal_entry_once")
        ]


class LogCheckpoint(models.Model):
    """A state of the log that was signed and given out."""

    shard = models.ForeignKey(LogShard, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    note = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shard", "size"], name="journal_checkpoint_once")
        ]


class Unlogged(models.Model):
    """A fact that waits for its place in the log; gone when it has one."""

    fact = models.OneToOneField(Fact, on_delete=models.PROTECT, primary_key=True, related_name="+")


def commitment(canonical: str, *, salt: bytes) -> str:
    """Commit to a text without revealing it: SHA-256 over the salt and the text."""
    return hashlib.sha256(salt + canonical.encode()).hexdigest()
