"""What imports leave behind is forgotten when its time has come."""

from datetime import UTC, datetime

from paraph.batches.actions import close_undo
from paraph.kit import db
from paraph.kit.jobs import job
from paraph.kit.pointers import forget_unneeded

from .models import Import, StagedRow, Trace


@job(queue="batches", priority=-5)
def sweep_imports() -> None:
    """Forget the rows of old files, and what is needed to undo imports that nobody undoes."""
    now = datetime.now(UTC)
    for given in Import.objects.with_old_rows(at=now):
        _forget_rows(given)
    for given in Import.objects.beyond_undo(at=now).distinct():
        _forget_traces(given)


@db.joining
def _forget_rows(given: Import) -> None:
    StagedRow.objects.filter(of=given).delete()
    name, given.records, given.sample = given.records, "", []
    given.save(update_fields=["records", "sample"])
    forget_unneeded(name)


@db.joining
def _forget_traces(given: Import) -> None:
    if given.batch:
        close_undo(given.batch)
    Trace.objects.filter(of=given).delete()
