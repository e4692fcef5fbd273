"""Many rows at once: they are what they were, in their order, with the numbers they got."""

import contextlib

import pytest
from django.db import IntegrityError

from paraph.contacts.models import Contact
from paraph.contacts.snapshots import packed
from paraph.kit.db import NotInTransaction, unit_of_work
from paraph.kit.inserting import insert_many, insert_values
from paraph.people.models import Preset
from tests.cast import Cast
from tests.moments import NOON


def _contacts(cast: Cast, number: int) -> list[Contact]:
    return [
        Contact(
            last_name=f"Żółć {place}",
            first_name="%s\t\\N\n",  # what COPY says otherwise
            company=cast.client if place % 2 else None,
            responsible=cast.alice,
            custom={"f1": "“quoted”", "f2": True},
            is_shared=place % 3 == 0,
            created_at=NOON,
            edited_at=NOON,
        )
        for place in range(number)
    ]


@pytest.mark.parametrize("number", [7, 1500])  # the second in two statements, or by COPY
def test_rows_are_read_as_they_were_written(cast: Cast, number: int) -> None:
    rows = _contacts(cast, number)

    with unit_of_work():
        insert_many(rows)

    kept = Contact.objects.filter(last_name__startswith="Żółć").order_by("pk")
    assert [packed(row) for row in kept] == [packed(row) for row in rows]
    assert [row.last_name for row in kept] == [f"Żółć {place}" for place in range(number)]


@pytest.mark.parametrize("number", [1, 20])  # the second by COPY
def test_nothing_is_kept_beside_rows_that_could_not_be_written(cast: Cast, number: int) -> None:
    preset = Preset.objects.create(owner=cast.alice, listing="contacts", name="x", criteria={})

    with unit_of_work(), contextlib.suppress(IntegrityError):
        Preset.objects.update(name="changed")
        insert_values(Preset, ["id"], [[preset.pk]] * number)

    preset.refresh_from_db()
    assert preset.name == "x"


def test_rows_are_written_within_a_transaction_alone(cast: Cast) -> None:
    with pytest.raises(NotInTransaction):
        insert_many(_contacts(cast, 1))

    with unit_of_work():
        insert_many([])
