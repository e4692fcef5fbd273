"""The verbs of imports: take a file in, say what its columns mean, have it checked, import it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from paraph.batches.actions import order_batch
from paraph.batches.models import Batch, BatchState
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.people.models import Employee

from .columns import guess, looks_like_a_heading, signature
from .intake import CannotRead, TakenIn
from .models import Import, RememberedColumns, StagedRow, Verdict

MOST_AT_ONCE = 500


class CannotImport(Refused):
    """The import is not at this step."""

    code = "cannot-import"


@db.transaction
def begin_import(found: TakenIn, *, file_name: str, owner: Employee, at: datetime) -> Import:
    """Keep a file that was read; guess what its columns mean, or remember it."""
    given = Import(
        owner=owner,
        file_name=file_name,
        kind=found.kind,
        encoding=found.encoding,
        separator=found.separator,
        sheet=found.sheet,
        records=found.records,
        sample=found.sample,
        rows=found.rows,
        has_heading=looks_like_a_heading(found.sample),
        created_at=at,
    )
    if not given.total:
        raise CannotRead("only-a-heading")
    given.columns = _remembered(given) or guess(given.heading, given.sample[1:])
    given.save()
    return given


@db.transaction
def choose_columns(
    given: Import,
    *,
    columns: Sequence[str],
    has_heading: bool,
    duplicates: str,
    defaults: Mapping[str, Any],
) -> None:
    """Say what the columns mean; next time a file with this heading comes, it is remembered."""
    given.lock()
    refuse_while_going_on(given)
    given.columns, given.has_heading = list(columns), has_heading
    given.duplicates, given.defaults = duplicates, dict(defaults)
    given.save()
    RememberedColumns.objects.update_or_create(
        owner_id=given.owner_id,
        signature=signature(given.heading),
        defaults={"columns": list(columns)},
    )


@db.transaction
def start_check(given: Import, *, at: datetime) -> Batch:
    """Have every row of the file checked; what an earlier check found is forgotten."""
    given.lock()
    refuse_while_going_on(given)
    StagedRow.objects.filter(of=given).delete()
    given.check_batch = _ordered("contacts.import-check", given, total=given.total, at=at)
    given.batch = None  # one that was taken back
    given.save(update_fields=["check_batch", "batch"])
    return given.check_batch


@db.transaction
def start_import(given: Import, *, at: datetime) -> Batch:
    """Bring the checked rows into the directory; only once."""
    given.lock()
    refuse_while_going_on(given)
    if given.check_batch is None or given.check_batch.state != BatchState.DONE:
        raise CannotImport(_("This file is not checked to its end. Check it first."))
    rows = StagedRow.objects.filter(of=given).exclude(verdict=Verdict.REFUSED).count()
    if not rows:
        raise CannotImport(_("No row of this file can be imported. Check it first."))
    given.batch = _ordered("contacts.import", given, total=rows, at=at)
    given.added = given.updated = given.skipped = 0
    given.save(update_fields=["batch", "added", "updated", "skipped"])
    return given.batch


@db.transaction_required
def _ordered(kind: str, given: Import, *, total: int, at: datetime) -> Batch:
    """Order the work; what is short runs while its owner waits."""
    place = {
        "import": given.pk,
        "page": f"/contacts/import/{given.pk}/",
        "file_name": given.file_name,
    }
    is_short = total <= MOST_AT_ONCE
    return order_batch(kind, given=place, total=total, owner=given.owner, at=at, is_quiet=is_short)


def refuse_while_going_on(given: Import) -> None:
    """Refuse to change an import that is under way or has happened."""
    if given.batch and (given.batch.is_open or given.batch.state == BatchState.DONE):
        raise CannotImport(_("This file has been imported already."))
    if given.check_batch and given.check_batch.is_open:
        raise CannotImport(_("This file is just being checked. Wait for it, or cancel the check."))


def _remembered(given: Import) -> list[str] | None:
    found = RememberedColumns.objects.filter(
        owner=given.owner, signature=signature(given.heading)
    ).first()
    fits = found and len(found.columns) == len(given.heading)
    return [str(it) for it in found.columns] if found and fits else None
