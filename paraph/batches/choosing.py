"""What is done to rows that somebody chose in a list: one thing to each, or all into a file."""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from paraph.kit.errors import Refused
from paraph.kit.listing import Listing
from paraph.kit.listing_files import write_list

from .kinds import Stretch, Tick
from .models import Batch
from .stretching import STRETCH, Row, after, next_rows


def change_each(
    rows: list[Row],
    change: Callable[[Row], bool],
    *,
    reached: Container[int],
    size: int = STRETCH,
) -> Stretch:
    """Change the rows of a stretch, as far as a right reaches; tell which were refused and why."""
    changed, refused = 0, []
    for row in rows:
        if row.pk not in reached:
            refused.append((str(row), _("Your rights do not reach this one.")))
            continue
        try:
            changed += change(row)
        except Refused as reasons:
            refused.append((str(row), " ".join(reasons.reasons)))
    return Stretch(len(rows), changed, refused, after(rows, size=size))


def each_reached(
    batch: Batch,
    chosen: QuerySet[Row],
    change: Callable[[Row], bool],
    *,
    allowed: QuerySet[Row],
    size: int = STRETCH,
) -> Stretch:
    """Change each of the next chosen rows that is among those a right reaches."""
    rows = next_rows(batch, chosen, size=size)
    keys = allowed.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True)
    return change_each(rows, change, reached=set(keys), size=size)


def write_chosen(
    batch: Batch, rows: QuerySet[Any], listing: Listing[Any], *, into: BinaryIO, tick: Tick
) -> None:
    """Write rows as their owner ordered them: which columns, in which format and language."""
    owner, given = batch.owner, batch.given
    columns = listing.columns_chosen(given["columns"])
    with translation.override(owner.language), timezone.override(owner.time_zone):
        write_list(
            into,
            rows.order_by("pk").iterator(chunk_size=2000),
            columns,
            format=given["format"],
            language=owner.language,
            tick=tick,
        )
