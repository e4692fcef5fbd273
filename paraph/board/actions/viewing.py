"""How people see the board for themselves; only they see what they do here."""

from paraph.kit import db
from paraph.people.models import Employee

from ..models import ColumnSight, LaneChoice, Lanes, Sight, Stage


@db.transaction
def see_stage(owner: Employee, stage: Stage, *, sight: Sight | None) -> None:
    """Fold a column, hide it, or (None) open it again."""
    kept = ColumnSight.objects.filter(owner=owner, stage=stage)
    if sight is None:
        kept.delete()
    else:
        kept.update_or_create(owner=owner, stage=stage, defaults={"sight": sight})


@db.transaction
def see_lanes(owner: Employee, lanes: Lanes | None) -> None:
    """Lay the cards in lanes by this, or (None) all of them together."""
    if lanes is None:
        LaneChoice.objects.filter(owner=owner).delete()
    else:
        LaneChoice.objects.update_or_create(owner=owner, defaults={"lanes": lanes})


@db.transaction
def see_everything(owner: Employee) -> None:
    """Open every column again."""
    ColumnSight.objects.filter(owner=owner).delete()
