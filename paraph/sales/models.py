"""Deals, the products in them, and the pipelines through which they go."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.batches.models import Batch
from paraph.contacts.models import Company, Contact
from paraph.kit.models import LockableModel, Searchable
from paraph.kit.search import SearchQuerySet
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee

from .lifecycle import StageKind


class Colour(models.TextChoices):
    """How a stage is marked; the colours themselves are in the style sheet, light and dark."""

    GREY = "grey", _("Grey")
    BLUE = "blue", _("Blue")
    TEAL = "teal", _("Teal")
    VIOLET = "violet", _("Violet")
    AMBER = "amber", _("Amber")
    PINK = "pink", _("Pink")
    GREEN = "green", _("Green")
    RED = "red", _("Red")


class Source(models.TextChoices):
    """How a deal came about."""

    WEBSITE = "website", _("Website")
    REFERRAL = "referral", _("Recommendation")
    CALL = "call", _("Call")
    EMAIL = "email", _("E-mail")
    FAIR = "fair", _("Trade fair")
    CLIENT = "client", _("Existing client")
    OTHER = "other", _("Other")


class Pipeline(LockableModel):
    """A way that deals go, from the first talk to won or lost."""

    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name


class DealStage(LockableModel):
    """A column of a pipeline; its kind says whether its deals are open, won or lost."""

    pipeline = models.ForeignKey(Pipeline, models.CASCADE, related_name="stages")
    name = models.CharField(_("name"), max_length=60)
    colour = models.CharField(
        _("colour"), max_length=10, choices=Colour.choices, default=Colour.GREY
    )
    kind = models.CharField(
        _("kind"), max_length=4, choices=StageKind.choices, default=StageKind.OPEN
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.kind == StageKind.OPEN


class Deals(SearchQuerySet["Deal"]):
    """The vocabulary of deal lists."""

    def open(self) -> Self:
        return self.filter(stage__kind=StageKind.OPEN)

    def won(self) -> Self:
        return self.filter(stage__kind=StageKind.WON)

    def lost(self) -> Self:
        return self.filter(stage__kind=StageKind.LOST)

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Deals:
        """Those within the reach of the person's right in the CRM."""
        return scope(self, person, Section.CRM, right)

    def with_people(self) -> Self:
        """Read along what a list or a card names, so that rows come without more queries."""
        return self.select_related("client", "contact", "responsible", "stage__pipeline")


class Deal(LockableModel, Searchable):
    """Something a client may buy: who, what, for how much, and how far we are."""

    title = models.CharField(_("title"), max_length=200)
    stage = models.ForeignKey(
        DealStage, models.PROTECT, related_name="deals", verbose_name=_("stage")
    )
    # The order of the cards in a stage, with room between two for a third.
    rank = models.BigIntegerField(default=0)
    client = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("client"),
    )
    contact = models.ForeignKey(
        Contact,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("contact"),
    )
    people: models.ManyToManyField[Contact, Any] = models.ManyToManyField(
        Contact, related_name="deals_beside", blank=True
    )
    company = models.ForeignKey(
        Company, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seller")
    )
    responsible = models.ForeignKey(
        Employee, models.PROTECT, related_name="deals", verbose_name=_("responsible")
    )
    currency = models.CharField(_("currency"), max_length=3)  # ISO 4217
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=3, default=0)
    expected_on = models.DateField(_("expected close"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = Deals.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["stage", "rank", "id"], name="deals_by_stage"),
            models.Index(fields=["stage", "currency", "amount"], name="deals_to_sum_up"),
            models.Index(fields=["created_at", "id"], name="deals_by_age"),
            models.Index(fields=["edited_at", "id"], name="deals_by_edit"),
            models.Index(fields=["sort_key", "id"], name="deals_by_name"),
            models.Index(fields=["amount", "id"], name="deals_by_amount"),
        )
        constraints = (
            models.CheckConstraint(name="deal_costs_something", condition=Q(amount__gte=0)),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.stage.is_open

    def stand_in(self, stage: DealStage, *, rank: int, at: datetime) -> None:
        """Put the deal into a stage. Nothing else writes ``stage``; the end of a deal is kept."""
        self.stage, self.rank, self.edited_at = stage, rank, at
        self.closed_at = None if stage.is_open else self.closed_at or at
        self.save(update_fields=["stage", "rank", "edited_at", "closed_at"])


class EarlierDeal(models.Model):
    """How a deal stood before a group action changed it, so that it can be taken back."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="+")
    deal = models.ForeignKey(Deal, models.CASCADE, related_name="+")
    column = models.CharField(max_length=20)
    before = models.BigIntegerField()  # the key of a person or a stage
    after = models.BigIntegerField()
    # Where its card was and how it had ended: another stage changes these, too.
    rank = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "deal"], name="a_deal_once_a_batch"),
        )


class ProductRow(models.Model):
    """One line of what is sold: quantity by price, less a discount, taxed at a rate."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="rows")
    name = models.CharField(_("product"), max_length=200)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)
    price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4, default=0)
    discount = models.DecimalField(_("discount"), max_digits=5, decimal_places=2, default=0)
    tax_rate = models.DecimalField(_("tax"), max_digits=5, decimal_places=2, default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.name
