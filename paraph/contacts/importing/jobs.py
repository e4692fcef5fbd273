"""What imports leave behind is forgotten when its time has come."""

from datetime import UTC, datetime
from functools import partial

from paraph.batches.actions import close_undo
from paraph.kit import db, files
from paraph.kit.jobs import job

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
    if not Import.objects.filter(records=name).exists():
        db.after_commit(partial(files.forget, name))


@db.joining
def _forget_traces(given: Import) -> None:
    if given.batch:
        close_undo(given.batch)
    Trace.objects.filter(of=given).delete()
