"""The team's figures as rows of a file: departments first, then people."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from paraph.board.figures.lines import ENDED, Leg, Line
from paraph.board.figures.team import Team
from paraph.board.queries import stages
from paraph.kit.listing import Column, Value
from paraph.signing.models import Standing

from .table import Figure, figures

FileRow = tuple[str, str, Line]
"""A department, a person of it or nobody, and their line."""


def file_rows(team: Team) -> Iterator[FileRow]:
    """Yield every department, then every person."""
    for branch in team.branches:
        yield branch.department.name, "", branch.line
    for member in team.members:
        department = member.person.department
        yield (department.name if department else ""), member.person.name, member.line


# Any: the kit's columns are of rows of the database; ours are lines of figures.
def columns() -> list[Column[Any]]:
    """Return the columns of the file, lengths in hours."""
    spreads = [(leg, which) for leg in Leg for which in ("median", "p90")]
    return [
        Column("department", _("Department"), lambda row: row[0]),
        Column("person", _("Person"), lambda row: row[1]),
        *(_counted(each) for each in figures(stages()) if each.write is str),
        *(_ended(each) for each in ENDED),
        *(_measured(leg, which) for leg, which in spreads),
    ]


def _counted(figure: Figure) -> Column[Any]:
    def value(row: FileRow) -> Value:
        return figure.count(row[2])

    return Column(figure.name, figure.label, value)


def _ended(standing: Standing) -> Column[Any]:
    def value(row: FileRow) -> Value:
        return row[2].ends[standing]

    label = _("Sent in the period: %(ended)s") % {"ended": standing.label}
    return Column(f"ended-{standing.value}", label, value)


def _measured(leg: Leg, which: str) -> Column[Any]:
    def value(row: FileRow) -> Value:
        seconds = getattr(row[2].spread(leg), which)
        return None if seconds is None else round(Decimal(seconds) / 3600, 2)

    median, p90 = _("%(leg)s, median in hours"), _("%(leg)s, nine of ten in hours")
    label = (median if which == "median" else p90) % {"leg": leg.label}
    return Column(f"{leg.value}-{which}", label, value)
