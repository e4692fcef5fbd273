"""The access permissions: the matrix as a page, and who has a right through what."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.desk.timelines import timeline_of_events
from paraph.desk.timelines.people import ACCESS_EVENTS
from paraph.people import queries
from paraph.people.access import Right, Section, allow
from paraph.people.actions.roles import change_matrix
from paraph.people.http import Request
from paraph.people.matrix import CELLS, RIGHTS, Level
from paraph.people.models import Role
from paraph.people.queries import MatrixCell, MatrixRow

from .forms import changes_in, seen
from .wording import MEANINGS, SHORT, level_word

COLUMNS = 6
HISTORY = 15


@dataclass(frozen=True)
class Shown:
    """A cell on the page: what it is, and the words for its levels."""

    cell: MatrixCell
    row: MatrixRow
    is_chosen: bool

    @property
    def options(self) -> list[tuple[int, str]]:
        section, right = self.row.section, self.row.right
        return [(each.value, level_word(section, right, each)) for each in self.cell.levels]

    @property
    def word(self) -> str:
        return level_word(self.row.section, self.row.right, self.cell.level)


@allow(Section.ACCESS, Right.VIEW)
def matrix(request: Request) -> HttpResponse:
    """Show the matrix: all columns on a wide screen, one at a time on a phone."""
    page = Paginator(queries.roles(), COLUMNS).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    chosen = _chosen(request, shown)
    rows = queries.matrix_of(shown)
    context = {
        "page": page,
        "roles": [(role, _seen(role, rows), role == chosen) for role in shown],
        "rows": [
            (row, [Shown(cell, row, cell.role == chosen) for cell in row.cells]) for row in rows
        ],
        "legend": [(level, SHORT[level], MEANINGS[level]) for level in Level],
        "sections": [(each, len(rights)) for each, rights in RIGHTS.items()],
        "timeline": timeline_of_events(ACCESS_EVENTS, limit=HISTORY),
    }
    return render(request, "desk/access/matrix.html", context)


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def save(request: Request) -> HttpResponse:
    """Set the cells that were changed; those that were not are left to others."""
    changes = changes_in(request.POST)
    change_matrix(changes, by=request.actor, at=request.received_at)
    if changes:
        messages.success(request, _("Saved. The new rights count from now on."))
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect(f"{reverse('access')}?role={request.POST.get('role', '')}")


@allow(Section.ACCESS, Right.VIEW)
def who(request: Request) -> HttpResponse:
    """Tell who has one right, how far, and through what."""
    cell = request.GET.get("right", "contacts.view")
    known = {f"{section.value}.{right.value}": (section, right) for section, right in CELLS}
    if cell not in known:
        raise Http404
    section, right = known[cell]
    holders = queries.who_has(section, right)
    context = {
        "cell": cell,
        "section": section,
        "right": right,
        "choices": [
            (section, [(f"{section.value}.{right.value}", right.label) for right in rights])
            for section, rights in RIGHTS.items()
        ],
        "holders": [(each, level_word(section, right, each.level)) for each in holders],
    }
    part = "#holders" if request.htmx else ""
    return render(request, f"desk/access/who.html{part}", context)


def _chosen(request: Request, shown: list[Role]) -> Role | None:
    asked = request.GET.get("role", "")
    return next((role for role in shown if str(role.pk) == asked), shown[0] if shown else None)


def _seen(role: Role, rows: list[MatrixRow]) -> str:
    return seen([cell.level for row in rows for cell in row.cells if cell.role == role])
