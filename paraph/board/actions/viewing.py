"""How people see the columns for themselves; only they see what they do here."""

from paraph.kit import db
from paraph.people.models import Employee

from ..models import ColumnSight, Sight, Stage


@db.transaction
def see_stage(owner: Employee, stage: Stage, *, sight: Sight | None) -> None:
    """Fold a column, hide it, or (None) open it again."""
    kept = ColumnSight.objects.filter(owner=owner, stage=stage)
    if sight is None:
        kept.delete()
    else:
        kept.update_or_create(owner=owner, stage=stage, defaults={"sight": sight})


@db.transaction
def see_everything(owner: Employee) -> None:
    """Open every column again."""
    ColumnSight.objects.filter(owner=owner).delete()
