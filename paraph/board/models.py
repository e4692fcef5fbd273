"""The columns of the board, which standings fall in each, and how a person likes to see them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.kit.models import LockableModel
from paraph.people.models import Employee
from paraph.sales.models import Colour
from paraph.signing.models import Standing

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

    @property
    def standings(self) -> list[str]:
        """Return what falls in here, in the order of the life cycle."""
        held = {it.standing for it in self.places.all()}
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
