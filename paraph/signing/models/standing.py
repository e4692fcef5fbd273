"""Where an envelope stands: kept on its row, so that long lists need not ask its parties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from paraph.signing.lifecycle import PartyStatus, Status

from .seconds import second_of

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
NO_DEADLINE = datetime(9999, 1, 1, tzinfo=UTC)


class Standing(models.TextChoices):
    """Who an envelope waits for, or how it ended; exactly one at any time."""

    DRAFT = "draft", _("Preparing")
    WITH_US = "with-us", _("With us")
    WITH_CLIENT = "with-client", _("With the client")
    CLOSING = "closing", _("Closing")
    COMPLETED = "completed", _("Signed")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


ACTING = (PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN, PartyStatus.SIGNING)


@dataclass(frozen=True)
class Waiting:
    """One party whose turn it is."""

    name: str
    is_ours: bool
    asked_at: datetime | None
    opened_at: datetime | None


class Ordered(models.Model):
    """Columns that lists sort by: never empty, so that a page begins at any key of an index.

    The database fills them in by itself from those beside which they stand.
    """

    deadline_key = models.GeneratedField(
        expression=Coalesce("deadline_at", models.Value(NO_DEADLINE)),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    amount_key = models.GeneratedField(
        expression=Coalesce("amount", models.Value(Decimal(0))),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )
    sent_key = models.GeneratedField(
        expression=Coalesce("sent_at", models.Value(NEVER)),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    closed_key = models.GeneratedField(
        expression=Coalesce("closed_at", models.Value(NEVER)),
        output_field=models.DateTimeField(),
        db_persist=True,
    )

    class Meta:
        abstract = True


class Counted(models.Model):
    """Columns that the team's figures reckon with; the database fills them in by itself."""

    sent_second = second_of("sent_at")
    acted_second = second_of("acted_at")
    closed_second = second_of("closed_at")

    class Meta:
        abstract = True


class Stands(models.Model):
    """The columns that say where an envelope stands, and what is wrong with it.

    ``note_act``, ``Envelope.note_standing`` and ``note_troubles`` alone write them; but
    ``steps.index`` the client's name.
    """

    standing = models.CharField(
        max_length=11, choices=Standing.choices, default=Standing.DRAFT, editable=False
    )
    stands_since = models.DateTimeField(editable=False)
    acted_at = models.DateTimeField(null=True, editable=False)  # the last to sign or approve
    client_name = models.CharField(max_length=250, blank=True, editable=False)
    client_key = models.CharField(max_length=100, blank=True, editable=False)  # to sort by
    # Since when somebody who was asked has not looked, and has looked without acting.
    unread_since = models.DateTimeField(null=True, editable=False)
    read_since = models.DateTimeField(null=True, editable=False)
    acting_names = models.CharField(max_length=250, blank=True, editable=False)
    # What somebody here has to mend: see ``troubles``.
    is_bounced = models.BooleanField(default=False, editable=False)
    is_locked = models.BooleanField(default=False, editable=False)
    has_question = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def is_troubled(self) -> bool:
        return self.is_bounced or self.is_locked or self.has_question

    def note_act(self, *, at: datetime) -> None:
        """Keep when somebody last signed or approved."""
        self.acted_at = max(at, self.acted_at or at)
        self.save(update_fields=["acted_at"])

    def stand(self, status: Status, waiting: Sequence[Waiting], *, at: datetime) -> bool:
        """Stand where this status and these people put it; tells whether anything changed."""
        before = self._stood
        asked = [it.asked_at for it in waiting if it.asked_at and not it.opened_at]
        opened = [it.opened_at for it in waiting if it.opened_at]
        standing = standing_of(status, waiting)
        if standing != self.standing:
            self.stands_since = at
        self.standing = standing
        self.unread_since, self.read_since = min(asked, default=None), min(opened, default=None)
        self.acting_names = ", ".join(it.name for it in waiting)[:250]
        return before != self._stood

    @property
    def _stood(self) -> tuple[object, ...]:
        return (self.standing, self.acting_names, self.unread_since, self.read_since)


def standing_of(status: Status, waiting: Iterable[Waiting]) -> Standing:
    """Say where an envelope stands, from its status and from who is asked now.

    A sent one is with the client as soon as somebody outside is asked; until then,
    also while its file is being certified, it is with us.
    """
    if status is not Status.SENT:
        return Standing(status)
    is_outside = any(not it.is_ours for it in waiting)
    return Standing.WITH_CLIENT if is_outside else Standing.WITH_US
