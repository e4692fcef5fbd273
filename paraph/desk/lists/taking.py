"""Chosen rows of a list as a file: handed over at once while they are few, else written later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from paraph.batches.actions import start_batch
from paraph.desk.downloads import written
from paraph.kit.listing_files import write_list
from paraph.people.access import Right
from paraph.people.http import Request

from .asking import layout_of, selection_of
from .rooms import Room

AT_ONCE = 2000
"""More rows than that are written in the background."""


def take(
    request: Request, room: Room[Any], format: str, *, kind: str, note: Callable[[int], None]
) -> HttpResponseBase:
    """Hand the chosen rows over, with the columns the person sees; ``note`` remembers it."""
    listing = room.listing()
    columns = listing.columns_chosen(layout_of(request, listing).columns)
    selection = selection_of(request, listing)
    rows = listing.selected(room.rows(request.user, Right.EXPORT), selection)
    total = rows.order_by().count()
    day = timezone.localtime(request.received_at).date().isoformat()
    name = f"{room.label}-{day}.{format}"
    note(total)
    if total > AT_ONCE:
        given = {
            "selection": selection.to_json(),
            "columns": [column.name for column in columns],
            "format": format,
            "file_name": name,
        }
        at = request.received_at
        batch = start_batch(kind, given=given, total=total, owner=request.user, at=at)
        return redirect("batch-detail", batch.pk)
    needs = [need for column in columns for need in column.needs]
    shown = rows.select_related(*needs) if needs else rows
    language = request.user.language
    ordered = shown.order_by("pk")
    return written(
        name, by=lambda file: write_list(file, ordered, columns, format=format, language=language)
    )
