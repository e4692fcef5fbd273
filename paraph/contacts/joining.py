"""What is the same whenever rows become one, and come apart again: steps of a transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from paraph.kit import db
from paraph.kit.errors import Refused

from . import relations, snapshots
from .models import Company, CompanyMerge, Contact, Merge

GOOD_FOR = timedelta(days=30)
Row = TypeVar("Row", Contact, Company)
AnyMerge = Merge | CompanyMerge


class CannotMerge(Refused):
    """There are not two rows to make one of."""

    code = "cannot-merge"


class CannotUndoMerge(Refused):
    """The rows cannot be taken apart any more, or not yet."""

    code = "cannot-undo-merge"


@db.transaction_required
def hold_all(
    rows: QuerySet[Row], chosen: Sequence[Row], *, if_few: str, if_gone: str
) -> list[Row]:
    """Hold the chosen ones among the rows, each once, in the order in which everybody does."""
    numbers = list(dict.fromkeys(row.pk for row in chosen))
    if len(numbers) < 2:
        raise CannotMerge(if_few)
    list(rows.model._base_manager.select_for_update().filter(pk__in=numbers).order_by("pk"))
    held = rows.in_bulk(numbers)
    if len(held) < len(numbers):
        raise CannotMerge(if_gone)
    return [held[number] for number in numbers]


@db.transaction_required
def absorb(row: Contact | Company, merge: AnyMerge) -> None:
    """Move everything from a row to the survivor, and remember it as it was."""
    moved, dropped = relations.move_relations(row, to=merge.survivor)
    merge.moved += moved
    merge.dropped += dropped
    merge.gone.create(number=row.pk, name=row.name, columns=snapshots.packed(row))
    row.delete()


@db.transaction_required
def hold_to_part(merge: AnyMerge, *, at: datetime) -> None:
    """Hold a merge and its survivor; refuse where it is too late, or another came on top."""
    merge.lock()
    if at > merge.merged_at + GOOD_FOR:
        raise CannotUndoMerge(_("After 30 days what was merged stays one."))
    if merge.survivor_id != merge.first_survivor:
        raise CannotUndoMerge(_("This was merged again later. Undo that first."))
    merge.survivor.lock()


@db.transaction_required
def part(
    merge: AnyMerge, survivor: Row, *, inner: str, index: Callable[[Row], None]
) -> dict[str, str]:
    """Give the others back what was theirs; return their names by their numbers.

    What was changed or added since stays with the survivor. ``inner`` is the column that holds
    several values by name, ``index`` fills what a row is found by.
    """
    gone = {str(each.number): each.name for each in merge.gone.all()}
    for each in merge.gone.all():
        row = cast("Row", snapshots.unpacked(type(survivor), each.columns))
        if not row.responsible.is_active:
            row.responsible = survivor.responsible
            index(row)
        type(row)._base_manager.bulk_create([row])
    relations.return_relations(merge.moved, merge.dropped, survivor=survivor)
    snapshots.take_back(survivor, before=merge.before, after=merge.after, inner=inner)
    survivor.also = [known for known in survivor.also if known.get("merge") != merge.pk]
    index(survivor)
    survivor.save()
    merge.delete()
    return gone
