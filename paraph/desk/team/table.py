"""The table of the team: its columns, each number with the address of the cards behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.board.figures.lines import ENDED, Leg, Line, Week
from paraph.board.figures.team import Choice, Team
from paraph.board.models import Stage
from paraph.board.queries import stages
from paraph.signing.models import Standing

from .lengths import length_words

Criteria = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Figure:
    """One column: what it counts, how it is written, and which cards are behind it."""

    name: str
    label: str | Promise
    count: Callable[[Line], int | None]
    behind: Criteria
    of_period: str = ""
    """The list's moment that lies within the period, where only such cards count."""
    write: Callable[[int], str] = str
    is_bad: bool = False


@dataclass(frozen=True)
class Cell:
    """One number as the page shows it."""

    label: str
    text: str
    url: str
    is_bad: bool


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    title: str
    note: str
    cells: Sequence[Cell]


def _percent(share: int) -> str:
    return _("%(share)d %%") % {"share": share}


def figures(stages: Sequence[Stage]) -> list[Figure]:
    """Return the columns: the board's own, as far as anything falls in them, and the others."""
    return [*(_stage(stage) for stage in stages if stage.standings), *FIGURES]


def _stage(stage: Stage) -> Figure:
    standings = [Standing(each) for each in stage.standings]
    return Figure(
        f"stage-{stage.pk}",
        stage.name,
        lambda line: sum(line.standing[each] for each in standings),
        {"standing": [each.value for each in standings]},
        of_period=_moment(standings),
    )


def _moment(standings: Sequence[Standing]) -> str:
    """Return by which moment a column is narrowed: of what ended, only the period's counts."""
    are_over = [each in ENDED for each in standings]
    if all(are_over):
        return "closed"
    return "current" if any(are_over) else ""


_SIGNED = {"standing": [Standing.COMPLETED.value]}

FIGURES: tuple[Figure, ...] = (
    Figure(
        "overdue",
        gettext_lazy("Overdue"),
        lambda line: line.overdue,
        {"attention": ["overdue"]},
        is_bad=True,
    ),
    Figure("due", gettext_lazy("Due in 7 days"), lambda line: line.due, {"due": ["1"]}),
    Figure("sent", gettext_lazy("Sent"), lambda line: line.sent, {}, of_period="sent"),
    Figure(
        "signed-share",
        gettext_lazy("Of these signed"),
        lambda line: line.share(Standing.COMPLETED),
        _SIGNED,
        of_period="sent",
        write=_percent,
    ),
    Figure(
        "median",
        gettext_lazy("Half are signed within"),
        lambda line: line.spread(Leg.WHOLE).median,
        _SIGNED,
        of_period="closed",
        write=length_words,
    ),
    Figure(
        "p90",
        gettext_lazy("Nine of ten within"),
        lambda line: line.spread(Leg.WHOLE).p90,
        _SIGNED,
        of_period="closed",
        write=length_words,
    ),
)


class Links:
    """The columns, and the addresses of the cards behind a number, narrowed as the page is."""

    def __init__(self, team: Team, choice: Choice) -> None:
        self.figures = figures(stages())
        self._since = timezone.localtime(team.period.since).date().isoformat()
        self._department = {"department": [str(choice.department.pk)]} if choice.department else {}
        self._template = {"template": [str(choice.template.pk)]} if choice.template else {}

    def week(self, week: Week, *, moment: str) -> str:
        """Return the address of what was sent, or signed and closed, in one week."""
        first = timezone.localtime(week.begins_at).date()
        days = {f"{moment}_from": first, f"{moment}_until": first + timedelta(days=6)}
        signed = _SIGNED if moment == "closed" else {}
        return self.to({**signed, **{key: [day.isoformat()] for key, day in days.items()}})

    def to(self, behind: Criteria, *, of_period: str = "", whose: Criteria | None = None) -> str:
        """Return the address of the list with these filters, by default of everybody."""
        period = {f"{of_period}_from": [self._since]} if of_period else {}
        whose = self._department if whose is None else whose
        query = {"all": ["1"], **whose, **self._template, **behind, **period}
        return f"{reverse('envelope-list')}?{urlencode(query, doseq=True)}"


def cells(line: Line, links: Links, whose: Criteria | None = None) -> Iterator[Cell]:
    """Write one line's numbers; a number that is nought leads nowhere."""
    for each in links.figures:
        value = each.count(line)
        text = "" if value is None else each.write(value)
        url = links.to(each.behind, of_period=each.of_period, whose=whose) if value else ""
        yield Cell(str(each.label), text, url, each.is_bad and bool(value))


def member_rows(team: Team, links: Links, *, most: int) -> list[Row]:
    """Return a row for each person, of the busiest first."""
    return [
        Row(
            it.person.name,
            it.person.department.name if it.person.department else "",
            list(cells(it.line, links, {"responsible": [str(it.person.pk)]})),
        )
        for it in team.members[:most]
    ]


def branch_rows(team: Team, links: Links) -> list[Row]:
    """Return a row for each department."""
    return [
        Row(
            it.indent + it.department.name,
            "",
            list(cells(it.line, links, {"department": [str(it.department.pk)]})),
        )
        for it in team.branches
    ]
