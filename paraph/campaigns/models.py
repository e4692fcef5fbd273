"""Segments, campaigns and their recipients; consent, and the addresses never to be written to."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Company, Contact
from paraph.kit.models import LockableModel, Searchable
from paraph.kit.search import SearchQuerySet
from paraph.messaging.models import Message, MessageState
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee

from . import lifecycle
from .lifecycle import Outcome, Status, Step


class Channel(models.TextChoices):
    """By what people are written to."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")


class SegmentKind(models.TextChoices):
    """Whether a segment follows its filter or stays as it was put together."""

    DYNAMIC = "dynamic", _("Follows its filter")
    STATIC = "static", _("Fixed list")


class Segments(SearchQuerySet["Segment"]):
    """The vocabulary of segments."""

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Segments:
        return scope(self, person, Section.CAMPAIGNS, right)


class Segment(LockableModel, Searchable):
    """A part of the directory under a name: whatever a filter shows, or a fixed list."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=7, choices=SegmentKind.choices)
    criteria = models.JSONField(default=dict)  # of the list of contacts
    members: models.ManyToManyField[Contact, Any] = models.ManyToManyField(
        Contact, related_name="segments", blank=True
    )
    responsible = models.ForeignKey(Employee, models.PROTECT, related_name="segments")
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    created_at = models.DateTimeField()

    objects = Segments.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("sort_key", "id")
        indexes = (
            models.Index(fields=["sort_key", "id"], name="segments_by_name"),
            models.Index(fields=["created_at", "id"], name="segments_by_creation"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_dynamic(self) -> bool:
        return self.kind == SegmentKind.DYNAMIC


class Campaigns(SearchQuerySet["Campaign"]):
    """The vocabulary of campaigns."""

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Campaigns:
        return scope(self, person, Section.CAMPAIGNS, right)

    def sending(self) -> Self:
        return self.filter(status=Status.SENDING)


class Campaign(LockableModel, Searchable):
    """One message to everybody in its segments who agreed to be written to."""

    title = models.CharField(_("title"), max_length=160)
    channel = models.CharField(
        _("channel"), max_length=5, choices=Channel.choices, default=Channel.EMAIL
    )
    company = models.ForeignKey(Company, models.PROTECT, related_name="+")  # one of ours
    segments: models.ManyToManyField[Segment, Any] = models.ManyToManyField(
        Segment, related_name="campaigns", blank=True
    )
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    # Whoever is added by hand: a fixed list of this campaign's own.
    additions = models.ForeignKey(
        Segment, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rate = models.PositiveIntegerField(_("messages a minute"), default=120)
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    responsible = models.ForeignKey(Employee, models.PROTECT, related_name="campaigns")
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    gathered_to = models.BigIntegerField(default=0)  # the last contact looked at
    is_gathered = models.BooleanField(default=False)
    next_at = models.DateTimeField(null=True)  # the rate allows no messages before
    created_at = models.DateTimeField()
    launched_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = Campaigns.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["responsible", "-id"], name="campaigns_of_person"),
            models.Index(fields=["sort_key", "id"], name="campaigns_by_title"),
            models.Index(fields=["created_at", "id"], name="campaigns_by_creation"),
        )

    def __str__(self) -> str:
        return self.title

    def take(self, step: Step, *, at: datetime) -> None:
        """Move one step along the life cycle. Nothing else writes ``status``."""
        self.status = lifecycle.after(step, Status(self.status))
        self.launched_at = self.launched_at or at
        self.closed_at = at if self.status in (Status.SENT, Status.CANCELLED) else None
        self.save(update_fields=["status", "launched_at", "closed_at"])

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_sending(self) -> bool:
        return self.status == Status.SENDING

    @property
    def is_paused(self) -> bool:
        return self.status == Status.PAUSED

    @property
    def is_under_way(self) -> bool:
        return self.is_sending or self.is_paused

    @property
    def is_email(self) -> bool:
        return self.channel == Channel.EMAIL


class Result(models.TextChoices):
    """What has become of a message, as a reader sees it."""

    WAITING = "waiting", _("Waiting")
    QUEUED = "queued", _("Queued")
    SENT = "sent", _("Sent")
    UNKNOWN = "unknown", _("Not certain")
    FAILED = "failed", _("Failed")
    SKIPPED = "skipped", _("Left out")


_WORD_OF: dict[str, str] = {
    MessageState.SENT: Result.SENT,
    MessageState.DELIVERED: Result.SENT,
    MessageState.UNKNOWN: Result.UNKNOWN,
    MessageState.FAILED: Result.FAILED,
    MessageState.BOUNCED: Result.FAILED,
}


class Recipient(models.Model):
    """One contact of a launched campaign; an address gets it once, whoever shares it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="recipients")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=201)
    address = models.CharField(max_length=254)
    outcome = models.CharField(max_length=7, choices=Outcome.choices, default=Outcome.WAITING)
    reason = models.CharField(max_length=300, blank=True)
    message = models.ForeignKey(Message, models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    unsubscribed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=["campaign", "address"],
                condition=~models.Q(outcome=Outcome.SKIPPED),
                name="an_address_once",
            ),
        )
        indexes = (models.Index(fields=["campaign", "outcome", "id"], name="campaigns_next_ones"),)

    def __str__(self) -> str:
        return self.name

    @property
    def result(self) -> str:
        """Say in one word what has become of the message; ``queries.RESULTS`` counts the same."""
        if self.message is None or self.message.state == MessageState.WITHDRAWN:
            return str(self.outcome if self.outcome != Outcome.WRITTEN else Outcome.SKIPPED)
        return _WORD_OF.get(self.message.state, "queued")

    @property
    def result_label(self) -> str | Promise:
        return Result(self.result).label

    @property
    def why(self) -> str:
        """Say why the message did not arrive, where it did not."""
        if self.reason or self.message is None:
            return self.reason
        if self.message.state == MessageState.WITHDRAWN:
            return gettext("It was taken back before it left.")
        is_there = self.message.state in (MessageState.SENT, MessageState.DELIVERED)
        return "" if is_there else self.message.why


class Consent(models.Model):
    """Whether a contact agreed to be written to by a channel; the latest word counts."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    is_given = models.BooleanField()
    source = models.CharField(max_length=200, blank=True)  # "trade fair 2026", "unsubscribed"
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["contact", "channel"], name="one_word_a_channel"),
        )

    def outweighs(self, other: Consent) -> bool:
        """Tell whose word stays when two contacts become one: a no, else the later one."""
        return (not self.is_given, self.at) > (not other.is_given, other.at)


class Suppression(models.Model):
    """An address that is never written to again, whichever contact has it.

    Only a keyed hash is kept: it outlives the contact without keeping their address.
    """

    channel = models.CharField(max_length=5, choices=Channel.choices)
    address_hash = models.CharField(max_length=64)
    # They said so by the link of a message: then only they can take it back.
    is_their_word = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["channel", "address_hash"], name="an_address_suppressed_once"
            ),
        )
