"""Many rows at once: they are what they were, in their order, with the numbers they got."""

import pytest

from paraph.contacts.models import Contact
from paraph.contacts.snapshots import packed
from paraph.kit.db import NotInTransaction, unit_of_work
from paraph.kit.inserting import insert_many
from tests.cast import Cast
from tests.moments import NOON


def _contacts(cast: Cast, number: int) -> list[Contact]:
    return [
        Contact(
            last_name=f"Żółć {place}",
            first_name="%s",
            company=cast.client if place % 2 else None,
            responsible=cast.alice,
            custom={"f1": "“quoted”", "f2": True},
            is_shared=place % 3 == 0,
            created_at=NOON,
            edited_at=NOON,
        )
        for place in range(number)
    ]


@pytest.mark.parametrize("number", [7, 1500])  # the second goes in two statements
def test_rows_are_read_as_they_were_written(cast: Cast, number: int) -> None:
    rows = _contacts(cast, number)

    with unit_of_work():
        insert_many(rows)

    kept = Contact.objects.filter(last_name__startswith="Żółć").order_by("pk")
    assert [packed(row) for row in kept] == [packed(row) for row in rows]
    assert [row.last_name for row in kept] == [f"Żółć {place}" for place in range(number)]


def test_rows_are_written_within_a_transaction_alone(cast: Cast) -> None:
    with pytest.raises(NotInTransaction):
        insert_many(_contacts(cast, 1))

    with unit_of_work():
        insert_many([])
