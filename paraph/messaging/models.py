"""Outgoing messages: one row each, from the moment it was decided to what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class MessageState(models.TextChoices):
    """What has become of a message."""

    QUEUED = "queued", _("Queued")
    LEASED = "leased", _("Being handed over")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    UNKNOWN = "unknown", _("Unknown")
    BOUNCED = "bounced", _("Bounced")
    FAILED = "failed", _("Failed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    HELD = "held", _("Held for review")


ON_THE_WAY = (MessageState.QUEUED, MessageState.LEASED, MessageState.HELD)


class Messages(models.QuerySet["Message"]):
    """The vocabulary of messages."""

    def about(self, noun: str, pk: int) -> Self:
        return self.filter(noun=noun, noun_id=pk)

    def stranded(self, at: datetime) -> Self:
        """Those whose next try is due or whose worker is gone, however old they are."""
        due = self.filter(state=MessageState.QUEUED, retry_at__lte=at)
        return self.orphaned(at) | due

    def orphaned(self, at: datetime) -> Self:
        """Those that were taken for a try, by a worker who is gone."""
        return self.filter(state=MessageState.LEASED, leased_until__lt=at)

    def may_come_twice(self) -> Self:
        """Those of which each says so itself."""
        return self.filter(channel="email", unsubscribe_url="")


class Message(models.Model):
    """One e-mail or text message to one person; ``once`` makes it impossible to write it twice."""

    once = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)  # the folder of its words: "signature_requested"
    channel = models.CharField(max_length=5)  # "email" or "sms"
    recipient = models.CharField(max_length=254)  # an e-mail address or an E.164 number
    recipient_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="en")
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    is_secret = models.BooleanField(default=False)  # carries a code: its subject is erased, too
    is_urgent = models.BooleanField(default=False)  # codes overtake everything
    good_until = models.DateTimeField(null=True)  # not tried again after this
    # Where its reader unsubscribes; only mailings have it, and they let everything else pass.
    unsubscribe_url = models.CharField(max_length=200, blank=True)
    noun = models.CharField(max_length=20, blank=True)  # what it is about: "party", 12
    noun_id = models.BigIntegerField(null=True)
    state = models.CharField(
        max_length=10, choices=MessageState.choices, default=MessageState.QUEUED
    )
    provider = models.CharField(max_length=20, blank=True)  # "smtp", "twilio", "mailbox"
    message_id = models.CharField(max_length=120)  # fixed before the first try
    provider_id = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    # Who may have taken it, where no answer came; only for what must not come twice.
    asked = models.CharField(max_length=20, blank=True)
    # It was repeated and may come twice; providers replace the Message-ID that would tell.
    is_in_doubt = models.BooleanField(default=False)
    lease = models.CharField(max_length=32, blank=True)  # fencing token of who hands it over
    leased_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = Messages.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["noun", "noun_id"], name="messages_about"),
            models.Index(fields=["state", "leased_until"], name="messages_by_state"),
            models.Index(fields=["provider_id", "provider"], name="messages_at_provider"),
            models.Index(fields=["message_id"], name="messages_by_own_id"),
        )

    @property
    def is_mailing(self) -> bool:
        return bool(self.unsubscribe_url)

    @property
    def why(self) -> str:
        """Say why it did not arrive: in the reader's language, or as a carrier put it."""
        return gettext(self.error) if self.error else ""

    @property
    def may_come_twice(self) -> bool:
        """An e-mail keeps its Message-ID, by which a repeat is known; a mailing stays away."""
        return self.channel == "email" and not self.is_mailing


class Hold(models.Model):
    """A time in which messages wait for somebody's word: begun when a backup is restored."""

    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class OwnWords(models.Model):
    """What a company says instead of the usual words of one kind of message, in one language.

    Each text may have placeholders (``kit.placeholders``); an empty one means the usual words.
    """

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=5)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("e-mail"), blank=True)
    sms = models.CharField(_("text message"), max_length=480, blank=True)
    edited_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "language"], name="own_words_once"),
        )
