"""Chosen rows of a list as a file: handed over at once while they are few, else written later."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import Any, BinaryIO, cast

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from paraph.batches.actions import start_batch
from paraph.desk.batches.views import content_type
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
    file = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115  the answer closes it
    shown = rows.select_related(*needs) if needs else rows
    language = request.user.language
    into = cast("BinaryIO", file)
    write_list(into, shown.order_by("pk"), columns, format=format, language=language)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type(name))
