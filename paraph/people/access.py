"""How the access matrix is read: by views, by querysets and by templates."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.db.models import Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from paraph.kit.prepared import Prepared, given

from .matrix import Level as Level
from .matrix import Right as Right
from .matrix import Section as Section
from .models import Department, Employee, Grant, Group, RoleGiven

if TYPE_CHECKING:
    from .http import Request


P = ParamSpec("P")
Rows = TypeVar("Rows", bound=QuerySet[Any])
View = Callable[Concatenate["Request", P], HttpResponseBase]


def reach(person: Employee, section: Section, right: Right) -> Level:
    """Return the widest level that any of the person's roles grants."""
    return Level(levels_of(person).get((section, right), Level.NONE))


def levels_of(person: Employee) -> dict[tuple[str, str], int]:
    """Return the person's whole row of the matrix, read once for as long as the object lives."""
    if (known := person.__dict__.get("_levels")) is not None:
        return cast("dict[tuple[str, str], int]", known)
    path = person.department.path if person.department is not None else ""
    above = {
        f"above{place}": int(part) for place, part in enumerate(filter(None, path.split("/")))
    }
    rows = _grants(len(above))(person=person.pk, **above) if person.is_active else []
    levels = {(section, right): widest for section, right, widest in rows}
    person.__dict__["_levels"] = levels
    return levels


@cache
def _grants(depth: int) -> Prepared[tuple[str, str, int]]:
    """Return what asks for somebody's rights, so many departments below the top."""

    def question() -> QuerySet[Grant, tuple[str, str, int]]:
        # Keys instead of joins: those would read every role that anybody was given.
        groups = Group.objects.filter(members=given("person")).values("pk")
        theirs = Q(employee=given("person")) | Q(group__in=groups)
        for place in range(depth):
            theirs |= Q(department=given(f"above{place}"))
        roles = RoleGiven.objects.filter(theirs).order_by().values("role")
        rows = Grant.objects.filter(role__in=roles).values("section", "right")
        return rows.annotate(widest=Max("level")).values_list("section", "right", "widest")

    return Prepared(question)


def headed_by(person: Employee) -> list[str]:
    """Return the paths of the departments that the person heads, read once like the levels."""
    if (known := person.__dict__.get("_headed")) is None:
        known = list(Department.objects.filter(head=person.pk).values_list("path", flat=True))
        person.__dict__["_headed"] = known
    return cast("list[str]", known)


def holders(section: Section, right: Right, *, at_least: Level = Level.OWN) -> QuerySet[Employee]:
    """Return the active people who hold the right that far, in as few queries for many."""
    grants = Grant.objects.filter(section=section, right=right, level__gte=at_least)
    given = RoleGiven.objects.filter(role__in=grants.values("role"))
    held = Q(roles_given__in=given) | Q(circles__in=given.values("group"))
    for path in given.exclude(department=None).values_list("department__path", flat=True):
        held |= Q(department__path__startswith=path)
    return Employee.objects.filter(held, is_active=True).distinct()


def scope(
    rows: Rows,
    person: Employee,
    section: Section,
    right: Right = Right.VIEW,
    *,
    owner: str = "responsible",
) -> Rows:
    """Narrow rows to those the person's level reaches; ``owner`` is the path to the employee.

    The model has ``is_shared`` where items can be made available to everyone. The head
    of a department reaches, with every right they hold at all, its whole subtree.
    """
    level = reach(person, section, right)
    if level is Level.ALL:
        return rows
    if level is Level.NONE:
        return rows.none()
    return rows.filter(_within(person, level, owner))


def colleagues(person: Employee, level: Level) -> QuerySet[Employee]:
    """Return the people whom a level reaches, whatever anybody made available to everyone."""
    if level is Level.ALL:
        return Employee.objects.all()
    return Employee.objects.none() if level is Level.NONE else _near(person, level)[0]


def _near(person: Employee, level: Level) -> tuple[QuerySet[Employee], bool]:
    """Return the people near to somebody, and whether that is nobody else."""
    near = Q(pk=person.pk)
    if level >= Level.SUBTREE and person.department is not None:
        near |= Q(department__path__startswith=person.department.path)
    elif level >= Level.DEPARTMENT and person.department_id:
        near |= Q(department=person.department_id)
    for path in headed_by(person):
        near |= Q(department__path__startswith=path)
    return Employee.objects.filter(near), near == Q(pk=person.pk)


def _within(person: Employee, level: Level, owner: str) -> Q:
    people, is_alone = _near(person, level)
    # A list of employees, not a join: an index of the rows begins with whose they are.
    seen = Q(**{owner: person}) if is_alone else Q(**{f"{owner}__in": people.values("pk")})
    if level >= Level.SHARED:
        prefix = owner.rpartition("__")[0]
        seen |= Q(**{f"{prefix}__is_shared" if prefix else "is_shared": True})
    return seen


def allow(
    section: Section, right: Right, *, or_in: Section | None = None
) -> Callable[[View[P]], View[P]]:
    """Open a view to people with the right at any level; for others it is not found.

    ``or_in`` is a second section whose right opens it as well: contacts are in two of them.
    """
    sections = (section, or_in) if or_in else (section,)

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if all(reach(request.user, it, right) is Level.NONE for it in sections):
                raise Http404
            return view(request, *args, **kwargs)

        return _declared(guarded, (section, right, or_in) if or_in else (section, right))

    return guard


def signed_in(view: View[P]) -> View[P]:
    """Open a view to every employee."""

    @wraps(view)
    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return _declared(guarded, "signed in")


def anyone(view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """Declare that a view is public on purpose: it guards itself by link, code or hash."""
    view.__dict__["access"] = "anyone"
    return view


def _declared(view: View[P], access: object) -> View[P]:
    view.__dict__["access"] = access
    return view


def declared_access(view: Callable[..., object]) -> object | None:
    """Return what a view declared with ``@allow``, ``@signed_in`` or ``@anyone``, else nothing."""
    return getattr(view, "access", None)


class Can:
    """``{{ can.send_documents }}``: whether the person has a right at any level."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __getitem__(self, name: str) -> bool:
        right, _underscore, section = name.partition("_")
        user = self._request.user
        if not user.is_authenticated:
            return False
        return reach(user, Section(section), Right(right)) is not Level.NONE
