"""A row of a list as HTML: its template is rendered once a page, and filled in for each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, Generic

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from paraph.desk.moulds import Mould
from paraph.kit.paging import Row

from .asking import Question
from .cells import RowWriter
from .rooms import Entry


@dataclass(frozen=True)
class Choice:
    """A line of a row's menu."""

    label: str
    icon: str
    href: str = ""
    act: str = ""
    key: str = ""
    is_danger: bool = False


NO_NOTE = mark_safe("")


class LineWriter(Generic[Row]):
    """Writes rows with their cells and menus.

    A template that goes through fifty rows takes most of a page's time. Rows differ in their
    words alone, and in which lines their menus have: one mould for each such menu is enough.
    """

    def __init__(self, question: Question[Row], *, can_choose: bool) -> None:
        self.room, self.can_choose = question.room, can_choose
        self.cells = RowWriter(question.columns, question.room.cells)
        self.moulds: dict[tuple[int, ...], Mould] = {}

    def line(
        self, row: Row, menu: Sequence[tuple[Entry, Choice]], *, note: SafeString = NO_NOTE
    ) -> SafeString:
        """Return the row of the table; the note stands under its first cell."""
        href = self.room.detail(row)
        values = {
            "pk": str(row.pk),
            "name": escape(str(row)),
            "cells": self.cells.cells(row, href=href, note=note),
        }
        for place, (entry, _choice) in enumerate(menu):
            values[f"href{place}"] = escape(entry.href(row)) if entry.href else ""
        return mark_safe(self._mould(menu).filled(values))  # noqa: S308  escaped above

    def _mould(self, menu: Sequence[tuple[Entry, Choice]]) -> Mould:
        key = tuple(id(entry) for entry, _choice in menu)
        if key not in self.moulds:
            self.moulds[key] = Mould(render_to_string("desk/lists/row.html", self._gaps(menu)))
        return self.moulds[key]

    def _gaps(self, menu: Sequence[tuple[Entry, Choice]]) -> dict[str, Any]:
        choices = [
            replace(choice, href=Mould.gap(f"href{place}")) if entry.href else choice
            for place, (entry, choice) in enumerate(menu)
        ]
        gaps = {name: Mould.gap(name) for name in ("pk", "name", "cells")}
        return {"line": gaps, "menu": choices, "can_choose": self.can_choose}
