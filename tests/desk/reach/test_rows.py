"""What ``visible_to`` shows is what the matrix says, for every model, role and level."""

from typing import Any

import pytest

from paraph.people.access import headed_by
from paraph.people.matrix import RIGHTS, Right
from paraph.people.models import Department, Employee
from tests.cast import Cast
from tests.desk.reach import house
from tests.desk.reach.house import PLACES, House, Viewer
from tests.desk.reach.rows import KINDS, Kind, Rows, models_with_visible_to, put_around

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_model_with_visible_to_is_in_the_table() -> None:
    known = {kind.model for kind in KINDS}

    missing = [model.__name__ for model in models_with_visible_to() if model not in known]

    assert missing == [], "Add a line for each to tests/desk/reach/rows.py: KINDS."


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.model.__name__)
def test_rows_are_seen_exactly_as_far_as_the_matrix_says(cast: Cast, kind: Kind) -> None:
    built = house.build()
    wrong = []

    for viewer in built.viewers:
        rows = put_around(kind, built, viewer)
        for right in _rights(kind):
            seen, expected = _seen(kind, rows, viewer, right), kind.reached(viewer, right)
            if seen != expected:
                wrong.append(f"{viewer.name}, {right}: {sorted(seen)}, not {sorted(expected)}")

    assert wrong == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.model.__name__)
def test_a_head_sees_the_whole_department_with_any_level(cast: Cast, kind: Kind) -> None:
    built = house.build()
    own = next(viewer for viewer in built.levels if viewer.name == "level OWN")
    rows = put_around(kind, built, own)
    Department.objects.filter(name="Sales").update(head=own.person)
    head = Viewer("head", Employee.objects.get(pk=own.person.pk), own.cells)

    seen = _seen(kind, rows, head, Right.VIEW)

    assert headed_by(head.person)
    assert seen == ({"own"} if kind.is_private else {"own", "department", "below"})


def _rights(kind: Kind) -> list[Right]:
    """Return the rights that one can have over rows of the kind."""
    if kind.is_private:
        return [Right.VIEW]
    return sorted({right for section in kind.sections for right in RIGHTS[section]})


def _seen(kind: Kind, rows: Rows, viewer: Viewer, right: Right) -> set[str]:
    person = Employee.objects.select_related("department").get(pk=viewer.person.pk)
    manager: Any = kind.model._default_manager  # the managers of many models
    asked = () if kind.is_private else (right,)
    visible = manager.visible_to(person, *asked)
    found = set(visible.values_list("pk", flat=True))
    return {place for place in PLACES if rows[place].pk in found}


def test_the_house_has_all_six_levels_and_four_roles(cast: Cast) -> None:
    built: House = house.build()

    patchwork = built.roles[-1]
    assert len(built.roles) == 4
    assert len(set(patchwork.cells.values())) == len(built.levels) == 6
