"""What travels: the envelope, and each document's place in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Company
from paraph.documents.models import Document
from paraph.kit.models import LockableModel, Searchable
from paraph.kit.prepared import Prepared, given
from paraph.kit.search import SearchQuerySet
from paraph.people.access import Level, Right, Section, colleagues, reach, scope
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing import lifecycle
from paraph.signing.lifecycle import Status, Step

from .standing import ACTING, Counted, Ordered, Stands, Waiting
from .troubles import Troubles, troubles_of

_ACTING = Prepared(
    lambda: (
        apps.get_model("signing", "Party")
        ._default_manager.filter(envelope=given("envelope"), status__in=ACTING)
        .values_list("name", "employee", "asked_at", "opened_at")
    )
)


class Envelopes(SearchQuerySet["Envelope"]):
    """The vocabulary of envelope lists."""

    def open(self) -> Self:
        return self.filter(status__in=lifecycle.OPEN)

    def completed(self) -> Self:
        return self.filter(status=Status.COMPLETED)

    def overdue(self, at: datetime) -> Self:
        return self.filter(status=Status.SENT, deadline_at__lte=at)

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Envelopes:
        """Those within the reach of the person's right; to view, also those they are to sign.

        Each way to see an envelope has its own index: one condition for all of them would
        let SQLite look at every row.
        """
        if reach(person, Section.DOCUMENTS, right) is Level.ALL:
            return self.all()
        first, *others = (way.values("pk") for way in self._ways_of(person, right))
        return self.filter(pk__in=first.union(*others, all=True) if others else first)

    def few_for(self, person: Employee, *, most: int) -> bool:
        """Tell whether what a person may see is no more than so much; asks for no more of it."""
        if reach(person, Section.DOCUMENTS, Right.VIEW) is Level.ALL:
            return self.values("pk")[: most + 1].count() <= most
        for way in self._ways_of(person, Right.VIEW):
            most -= way.values("pk")[: most + 1].count()
            if most < 0:
                return False
        return True

    def _ways_of(self, person: Employee, right: Right) -> Iterator[Envelopes]:
        """Yield what each way to see envelopes leads to."""
        level = reach(person, Section.DOCUMENTS, right)
        every = Envelope.objects.order_by()
        near = colleagues(person, level).order_by().values("pk")
        yield every.filter(responsible__in=near)
        if level >= Level.SHARED:
            yield every.filter(is_shared=True)
        if right is Right.VIEW:
            asked = every.filter(parties__employee=person)
            yield asked.exclude(status=Status.DRAFT)

    def shown_to(self, person: Employee, right: Right = Right.VIEW) -> Envelopes:
        """The same as ``visible_to``, asked of each row: for rows that were found otherwise."""
        if reach(person, Section.DOCUMENTS, right) is Level.ALL:
            return self.all()
        if right is not Right.VIEW:
            return scope(self, person, Section.DOCUMENTS, right)
        parties = apps.get_model("signing", "Party")._default_manager
        asked = parties.filter(envelope=OuterRef("pk"), employee=person)
        theirs = self.filter(Exists(asked)).exclude(status=Status.DRAFT)
        return scope(self, person, Section.DOCUMENTS, Right.VIEW) | theirs


class Envelope(LockableModel, Searchable, Stands, Ordered, Counted):
    """Documents that travel to their parties together and come back signed."""

    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    responsible = models.ForeignKey(Employee, models.PROTECT, related_name="envelopes")
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="envelopes")
    documents = models.ManyToManyField(Document, through="Enclosure", related_name="envelopes")
    deal = models.ForeignKey(Deal, models.PROTECT, null=True, related_name="envelopes")
    message = models.TextField(_("message"), blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    audited_at = models.DateTimeField(null=True)  # looked at once more, after it was completed
    # Another envelope's next try: that one was called back to be corrected.
    corrects = models.OneToOneField(
        "self", models.SET_NULL, null=True, related_name="corrected_by"
    )
    may_hand_over = models.BooleanField(_("may be handed over"), default=False)
    # {"first_after_days": 2, "every_days": 3, "at_most": 3}; empty: nobody is reminded by itself.
    reminders = models.JSONField(default=dict, blank=True)
    is_trial = models.BooleanField(default=False)  # marked TRIAL on pages, evidence and seal

    objects = Envelopes.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["status", "-created_at", "-id"], name="envelopes_by_status"),
            models.Index(fields=["responsible", "status"], name="envelopes_by_person"),
            models.Index(
                fields=["standing", "-stands_since", "-id"], name="envelopes_by_standing"
            ),
            models.Index(
                fields=["responsible", "standing", "-stands_since", "-id"],
                name="envelopes_of_person_standing",
            ),
            models.Index(fields=["created_at", "id"], name="envelopes_by_creation"),
            models.Index(fields=["sort_key", "id"], name="envelopes_by_title"),
            models.Index(fields=["client_key", "id"], name="envelopes_by_client"),
            models.Index(fields=["deadline_key", "id"], name="envelopes_by_deadline"),
            models.Index(fields=["amount_key", "id"], name="envelopes_by_amount"),
            models.Index(fields=["sent_key", "id"], name="envelopes_by_sending"),
            models.Index(fields=["closed_key", "id"], name="envelopes_by_end"),
            models.Index(fields=["stands_since", "id"], name="envelopes_by_last_move"),
            models.Index(
                fields=["unread_since"],
                condition=Q(unread_since__isnull=False),
                name="envelopes_unread",
            ),
            models.Index(
                fields=["read_since"],
                condition=Q(read_since__isnull=False),
                name="envelopes_unfinished",
            ),
            *(
                models.Index(fields=["id"], condition=Q(**{flag: True}), name=f"envelopes_{flag}")
                for flag in ("is_bounced", "is_locked", "has_question", "is_shared")
            ),
            models.Index(  # holds all that the team's figures count
                fields=[
                    "responsible",
                    "standing",
                    "sent_second",
                    "acted_second",
                    "closed_second",
                    "deadline_at",
                ],
                name="envelopes_to_count",
            ),
            models.Index(
                fields=["closed_at"],
                condition=Q(status=Status.COMPLETED, audited_at=None),
                name="envelopes_to_audit",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="envelope_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="only_a_draft_was_never_sent",
                condition=Q(status=Status.DRAFT) | Q(sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status in lifecycle.OPEN

    @property
    def is_completed(self) -> bool:
        return self.status == Status.COMPLETED

    def take(self, step: Step, *, at: datetime) -> None:
        """Move one step along the life cycle. Nothing else writes ``status``."""
        self.status = lifecycle.after(step, Status(self.status))
        self.sent_at = self.sent_at or at
        self.closed_at = None if self.is_open else at
        self.save(update_fields=["status", "sent_at", "closed_at"])
        self.note_standing(at=at)

    def note_standing(self, *, at: datetime) -> None:
        """Keep the columns of lists in step with a step just taken, here or by a party."""
        asked = _ACTING(envelope=self.pk)
        waiting = [Waiting(name, person is not None, *more) for name, person, *more in asked]
        asked_now = waiting if self.status == Status.SENT else []
        if self.stand(Status(self.status), asked_now, at=at):
            since = ("stands_since", "unread_since", "read_since")
            self.save(update_fields=("standing", "acting_names", *since))
        if self.is_troubled:
            self.note_troubles()

    def note_troubles(self) -> None:
        """Keep what is wrong, or mended, in step with messages, links and questions."""
        before = Troubles(self.is_bounced, self.is_locked, self.has_question)
        after = troubles_of(self.parties.all()) if self.status == Status.SENT else Troubles()
        if before != after:
            self.is_bounced, self.is_locked, self.has_question = after
            self.save(update_fields=Troubles._fields)


class Enclosure(models.Model):
    """A document's place in an envelope."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="enclosures")
    document = models.ForeignKey(Document, models.PROTECT, related_name="enclosures")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["envelope", "position"], name="one_document_a_position"
            ),
        )
