"""The columns of the board, how a person likes to see them, and the rules of its stages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import Template
from paraph.journal.actors import Actor
from paraph.kit.models import LockableModel
from paraph.people.models import Employee
from paraph.sales.models import Colour, DealStage
from paraph.signing.models import Enclosure, Envelope, Envelopes, Standing

from .stages import Stage as Usual


class Stage(LockableModel):
    """A column of the board."""

    # One of the six that an installation begins with: called in each reader's own language,
    # until somebody gives it a name.
    usual = models.CharField(max_length=11, choices=Usual.choices, blank=True)
    own_name = models.CharField(_("name"), max_length=60, blank=True)
    colour = models.CharField(_("colour"), max_length=10, choices=Colour.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(
                name="a_stage_has_a_name", condition=~Q(usual="") | ~Q(own_name="")
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Return what the column is called, for whoever reads it."""
        return self.own_name or str(Usual(self.usual).label)

    @cached_property
    def standings(self) -> list[str]:
        """Return what falls in here, in the order of the life cycle."""
        return _in_order(it.standing for it in self.places.all())

    def hold(self, standings: Iterable[str]) -> None:
        """Know what falls in here, where it was read for all columns together."""
        self.standings = _in_order(standings)


def _in_order(standings: Iterable[str]) -> list[str]:
    held = set(standings)
    return [standing for standing in Standing.values if standing in held]


class Place(models.Model):
    """Which column a standing falls in. Each has its row: no envelope is ever in none or two."""

    standing = models.CharField(max_length=11, choices=Standing.choices, primary_key=True)
    stage = models.ForeignKey(Stage, models.PROTECT, related_name="places")


class Sight(models.TextChoices):
    """How a person sees a column."""

    FOLDED = "folded", _("Folded")
    HIDDEN = "hidden", _("Hidden")


class ColumnSight(models.Model):
    """That somebody has folded or hidden a column, for themselves."""

    owner = models.ForeignKey(Employee, models.CASCADE, related_name="column_sights")
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="sights")
    sight = models.CharField(max_length=6, choices=Sight.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "stage"], name="one_sight_of_a_column"),
        )


class Lanes(models.TextChoices):
    """By what the cards of a board lie in lanes."""

    RESPONSIBLE = "responsible", _("By responsible")
    DEPARTMENT = "department", _("By department")


class LaneChoice(models.Model):
    """That somebody likes to see the board in lanes."""

    owner = models.OneToOneField(Employee, models.CASCADE, related_name="lane_choice")
    lanes = models.CharField(max_length=11, choices=Lanes.choices)


class Deed(models.TextChoices):
    """What a rule does; nothing that changes where an envelope stands, and so no loops."""

    REMIND = "remind", _("Remind whoever must act")
    NOTIFY = "notify", _("Write to somebody here")
    HAND_OVER = "hand-over", _("Hand it over")
    NOTE = "note", _("Write a note on the timeline")
    MOVE_DEAL = "move-deal", _("Move its deal")


class Whom(models.TextChoices):
    """To whom a rule writes."""

    RESPONSIBLE = "responsible", _("Whoever is responsible")
    HEAD = "head", _("The head of their department")
    PERSON = "person", _("Somebody in particular")


class StageRule(LockableModel):
    """What is done by itself when a document comes to a stage, or has stayed there so long."""

    name = models.CharField(_("name"), max_length=80)
    stage = models.ForeignKey(Stage, models.CASCADE, related_name="rules")
    after_days = models.PositiveSmallIntegerField(default=0)  # 0: as soon as it comes there
    # A rule of a template that is gone does nothing more; it must not hold for all instead.
    template = models.ForeignKey(Template, models.CASCADE, null=True, related_name="+")
    deed = models.CharField(max_length=10, choices=Deed.choices)
    whom = models.CharField(max_length=11, choices=Whom.choices, blank=True)
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    deal_stage = models.ForeignKey(DealStage, models.CASCADE, null=True, related_name="+")
    is_on = models.BooleanField(default=False)
    # What came, or had stayed so long, before this moment is left alone.
    on_since = models.DateTimeField(null=True)

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("stage__position", "after_days", "id")

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        return Actor("rule", self.pk, self.name)

    @property
    def patience(self) -> timedelta:
        return timedelta(days=self.after_days)

    def due(self, *, at: datetime) -> Envelopes:
        """Return the envelopes with which something is to be done now."""
        if not self.is_on or self.on_since is None:
            return Envelope.objects.none()
        came_at = OuterRef("stands_since")
        done = RuleRun.objects.filter(rule=self, envelope=OuterRef("pk"), came_at=came_at)
        standing = self.concerned().filter(
            standing__in=self.stage.standings,
            stands_since__lte=at - self.patience,
            stands_since__gte=self.on_since - self.patience,
        )
        return standing.exclude(Exists(done)).order_by("pk")

    def concerned(self) -> Envelopes:
        """Return every envelope that the rule is about, wherever it stands."""
        rows = Envelope.objects.all()
        if self.template_id is None:
            return rows
        made = Enclosure.objects.filter(document__template=self.template_id)
        return rows.filter(pk__in=made.values("envelope"))


class RuleRun(models.Model):
    """That a rule did its deed for one stay of an envelope: it never does so twice."""

    rule = models.ForeignKey(StageRule, models.CASCADE, related_name="runs")
    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="+")
    came_at = models.DateTimeField()  # when the envelope came to the stage
    ran_at = models.DateTimeField()
    refusal = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["rule", "envelope", "came_at"], name="a_rule_once_a_stay"
            ),
        )
