"""The scan for duplicates: groups over several keys, of what its owner sees, none told apart."""

import pytest

from paraph.batches.actions import advance_batch, begin_batch
from paraph.batches.models import Batch, BatchState
from paraph.contacts import scanning
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.telling_apart import tell_apart
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Contact, Duplicate, DuplicateKey
from paraph.people.models import Employee
from tests.cast import Cast
from tests.moments import NOON


def _created(cast: Cast, first: str, last: str, phone: str, email: str) -> Contact:
    card = ContactCard(last, first, phone, email)
    return create_contact(card, responsible=cast.alice, by=cast.alice.actor, at=NOON)


def _scan(owner: Employee, **given: int) -> Batch:
    batch = begin_batch(scanning.KIND, given=given, total=None, owner=owner, at=NOON)
    while advance_batch(batch, at=NOON):
        pass
    return batch


def _groups(batch: Batch) -> list[set[int]]:
    groups: dict[int, set[int]] = {}
    for row in Duplicate.objects.filter(batch=batch):
        groups.setdefault(row.group, set()).add(row.number)
    return sorted(groups.values(), key=min)


@pytest.fixture
def chain(cast: Cast) -> list[int]:
    """Three who are one: the first and the second by phone, the second and the third by e-mail."""
    one = _created(cast, "Ada", "Okafor", "+33612345671", "ada@example.org")
    two = _created(cast, "A.", "Okafor-Bell", "+33612345671", "bell@example.org")
    three = _created(cast, "Adaeze", "Bell", "+33612345673", "Bell+home@example.org")
    return [one.pk, two.pk, three.pk]


def test_those_who_hang_together_are_one_group(cast: Cast, chain: list[int]) -> None:
    batch = _scan(cast.alice)

    assert batch.state == BatchState.DONE
    assert _groups(batch) == [set(chain)]
    assert not DuplicateKey.objects.exists()


@pytest.mark.parametrize("size", [1, 2, 3])
def test_short_stretches_find_the_same(cast: Cast, chain: list[int], size: int) -> None:
    assert _groups(_scan(cast.alice, rows=size)) == [set(chain)]


def test_what_the_owner_does_not_see_is_not_compared(cast: Cast, chain: list[int]) -> None:
    assert _groups(_scan(cast.mallory)) == []


def test_those_told_apart_come_together_no_more(cast: Cast, chain: list[int]) -> None:
    _scan(cast.alice)

    tell_apart(list(Contact.objects.filter(pk__in=chain)), by=cast.alice.actor, at=NOON)

    assert _groups(_scan(cast.alice)) == []


def test_a_switchboard_is_not_a_person(cast: Cast) -> None:
    names = [f"{first}{last}" for first in "bcdfghj" for last in "aeiouy"]
    for number, name in enumerate(names[: scanning.MOST_ALIKE + 1]):
        _created(cast, name * 3, name * 4, "+33123456789", f"{number}@example.org")

    assert _groups(_scan(cast.alice)) == []


def test_a_new_scan_takes_the_place_of_the_last(cast: Cast, chain: list[int]) -> None:
    first, second = _scan(cast.alice), _scan(cast.alice)

    assert _groups(first) == []
    assert _groups(second) == [set(chain)]
