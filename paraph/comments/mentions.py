"""Whom a text calls by ``@`` and the full name, and who can be called."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.db.models import Case, Q, When

from paraph.kit.search import normalise
from paraph.people.models import Employee

from .models import Subject, may_see, seen_by

MOST_LETTERS = 40
_NAMES = ("last_name", "first_name", "pk")
MOST_TRIED, MOST_OFFERED = 24, 8
"""The matrix is asked for each who is tried: those nearest, who likely see it, come first."""


def called_in(text: str) -> list[Employee]:
    """Return the colleagues whose full name stands after an ``@``; of two names the longer."""
    calls = [normalise(part) for part in text.split("@")[1:]]
    if not calls:
        return []
    firsts = {call.split(" ")[0] for call in calls if call}
    people = Employee.objects.filter(is_active=True).order_by("pk")
    named = {normalise(it.name): it for it in people if normalise(it.name).split(" ")[0] in firsts}
    found = [_longest(named, call) for call in calls]
    return list(dict.fromkeys(named[name] for name in found if name))


def _longest(names: Iterable[str], call: str) -> str:
    fitting = [name for name in names if call.startswith(name) and _ends(call, len(name))]
    return max(fitting, key=len, default="")


def _ends(call: str, length: int) -> bool:
    return not call[length : length + 1].isalnum()


def offered(subject: Subject, pk: int, *, typed: str, by: Employee) -> list[Employee]:
    """Return other colleagues whose name begins so and who may see the row."""
    words = typed.strip()[:MOST_LETTERS].split()
    rows = Employee.objects.filter(is_active=True).exclude(pk=by.pk)
    for word in words:
        rows = rows.filter(Q(first_name__istartswith=word) | Q(last_name__istartswith=word))
    tried = rows.select_related("department").order_by(_near(subject, pk, by=by), *_NAMES)
    seeing = (it for it in tried[:MOST_TRIED] if may_see(it, subject, pk))
    return list(islice(seeing, MOST_OFFERED))


def _near(subject: Subject, pk: int, *, by: Employee) -> Case:
    """Return how far somebody is from the row: responsible for it, their department, one's own."""
    whose = seen_by(by, subject).filter(pk=pk)
    responsible, department = whose.values("responsible"), whose.values("responsible__department")
    return Case(
        When(pk__in=responsible, then=0),
        When(department__in=department, then=1),
        When(department=by.department_id, then=2),
        default=3,
    )
