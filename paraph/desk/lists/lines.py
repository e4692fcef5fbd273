"""A row of a list as HTML: its template is rendered once a page, and filled in for each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Generic

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from paraph.desk.addresses import opened
from paraph.kit.paging import Row
from paraph.kit.templating.moulds import Mould

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

    def __init__(
        self,
        question: Question[Row],
        choices: Sequence[tuple[Entry, Choice]],
        *,
        can_choose: bool,
    ) -> None:
        self.room, self.choices, self.can_choose = question.room, choices, can_choose
        self.detail = opened(question.room.detail)
        self.cells = RowWriter(question.columns, question.room.cells)
        self.moulds: dict[tuple[bool, ...], Mould] = {}
        self.ways = {
            f"href{place}": opened(entry.href)
            for place, (entry, _choice) in enumerate(choices)
            if entry.href
        }

    def line(
        self, row: Row, offered: tuple[bool, ...], *, note: SafeString = NO_NOTE
    ) -> SafeString:
        """Return the row of the table; the note stands under its first cell.

        ``offered`` says of each choice whether it stands in the row's menu.
        """
        href = self.detail(row)
        values = {
            "pk": str(row.pk),
            "name": escape(str(row)),
            "cells": self.cells.cells(row, href=href, note=note),
            **{gap: escape(way(row)) for gap, way in self.ways.items()},
        }
        if (mould := self.moulds.get(offered)) is None:
            mould = self.moulds[offered] = self._mould(offered)
        return mark_safe(mould.filled(values))  # noqa: S308  escaped above

    def _mould(self, offered: tuple[bool, ...]) -> Mould:
        menu = [
            replace(choice, href=Mould.gap(f"href{place}")) if entry.href else choice
            for place, (entry, choice) in enumerate(self.choices)
            if offered[place]
        ]
        gaps = {name: Mould.gap(name) for name in ("pk", "name", "cells")}
        context = {"line": gaps, "menu": menu, "can_choose": self.can_choose}
        return Mould(render_to_string("desk/lists/row.html", context))
