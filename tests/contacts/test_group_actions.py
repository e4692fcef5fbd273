"""Many contacts at once: what the right does not reach stays, and a change is taken back."""

from typing import Any

import pytest

from paraph.batches.actions import advance_batch, begin_batch, start_batch, undo_batch
from paraph.batches.models import Batch, BatchState
from paraph.contacts.models import Contact
from paraph.journal.models import Fact
from paraph.kit.listing import Selection
from paraph.messaging.models import Message
from paraph.people.access import Level, Right, Section
from paraph.people.models import Employee, Grant
from tests import make
from tests.cast import Cast
from tests.desk import crowd
from tests.moments import NOON

pytestmark = pytest.mark.slow

EVERYTHING = Selection(criteria={})


def _done(kind: str, owner: Employee, selection: Selection, **given: Any) -> Batch:
    told = {"selection": selection.to_json(), **given}
    batch = begin_batch(f"contacts.{kind}", given=told, total=None, owner=owner, at=NOON)
    while advance_batch(batch, at=NOON):
        pass
    return batch


def test_the_responsible_of_all_that_fit_changes(cast: Cast) -> None:
    only_frank = Selection(criteria={"q": ["kowalski"]})

    batch = _done("change-responsible", cast.olga, only_frank, responsible=cast.bob.pk)

    cast.frank.refresh_from_db()
    cast.grace.refresh_from_db()
    assert (cast.frank.responsible, cast.grace.responsible) == (cast.bob, cast.alice)
    assert (batch.state, batch.changed, batch.refused) == (BatchState.DONE, 1, 0)
    assert "bob weber" in cast.frank.search_text
    assert cast.frank.responsible_key == "weber bob"
    assert Fact.objects.filter(event="contact.edited").count() == 1


def test_rows_out_of_reach_are_refused_one_by_one(cast: Cast) -> None:
    Grant.objects.filter(role__slug="employee", right=Right.EDIT).update(level=Level.OWN)
    Grant.objects.filter(role__slug="employee", right=Right.VIEW).update(level=Level.ALL)
    Contact.objects.filter(pk=cast.grace.pk).update(responsible=cast.erin)

    batch = _done("change-type", cast.alice, EVERYTHING, type="supplier")

    cast.grace.refresh_from_db()
    assert (batch.changed, [row.what for row in batch.refusals.all()]) == (1, ["Grace O’Neill"])
    assert cast.grace.type == "client"


def test_a_change_is_taken_back_where_nobody_changed_it_since(cast: Cast) -> None:
    told = {"selection": EVERYTHING.to_json(), "responsible": cast.bob.pk}
    batch = start_batch(
        "contacts.change-responsible", given=told, total=2, owner=cast.olga, at=NOON
    )
    Contact.objects.filter(pk=cast.grace.pk).update(responsible=cast.erin)
    batch.refresh_from_db()

    undo_batch(batch, by=cast.olga.actor, at=NOON)

    batch.refresh_from_db()
    cast.frank.refresh_from_db()
    cast.grace.refresh_from_db()
    assert batch.state == BatchState.UNDONE
    assert (cast.frank.responsible, cast.grace.responsible) == (cast.alice, cast.erin)
    assert [(row.what, row.is_undo) for row in batch.refusals.all()] == [("Grace O’Neill", True)]


def _given_to_bob(cast: Cast) -> Batch:
    return _done("change-responsible", cast.alice, EVERYTHING, responsible=cast.bob.pk)


def _undone(batch: Batch) -> list[str]:
    undo_batch(batch, by=batch.owner.actor, at=NOON)
    return [row.why for row in batch.refusals.filter(is_undo=True)]


def test_nothing_is_given_back_to_who_has_left(cast: Cast) -> None:
    batch = _done("change-responsible", cast.olga, EVERYTHING, responsible=cast.bob.pk)
    Employee.objects.filter(pk=cast.alice.pk).update(is_active=False, left_at=NOON)

    whys = _undone(batch)

    assert whys == [f"{cast.alice.name} does not work here any more."] * 2
    assert set(Contact.objects.values_list("responsible", flat=True)) == {cast.bob.pk}


def test_who_may_edit_no_more_takes_nothing_back(cast: Cast) -> None:
    batch = _given_to_bob(cast)
    Grant.objects.filter(role__slug="employee", right=Right.EDIT).update(level=Level.NONE)

    whys = _undone(Batch.objects.get(pk=batch.pk))

    assert whys == ["You may look at this contact, and not do this with it."] * 2
    assert set(Contact.objects.values_list("responsible", flat=True)) == {cast.bob.pk}


def test_who_may_edit_their_own_takes_back_what_they_gave_away(cast: Cast) -> None:
    Grant.objects.filter(role__slug="employee", right=Right.EDIT).update(level=Level.OWN)
    batch = _given_to_bob(cast)

    assert _undone(batch) == []
    assert set(Contact.objects.values_list("responsible", flat=True)) == {cast.alice.pk}


def test_everything_is_taken_back_however_often_contacts_changed_before(cast: Cast) -> None:
    newest = max(cast.frank.pk, cast.grace.pk)
    for number in range(newest):
        kind = ("partner", "supplier")[number % 2]
        batch = _done("change-type", cast.olga, EVERYTHING, type=kind, until=newest)

    undo_batch(batch, by=cast.olga.actor, at=NOON)

    batch.refresh_from_db()
    now = set(Contact.objects.values_list("type", flat=True))
    before = {("partner", "supplier")[newest % 2]}
    assert (batch.state, now) == (BatchState.UNDONE, before)


def test_contacts_that_documents_name_are_not_deleted(cast: Cast) -> None:
    make.sent(cast)

    batch = _done("delete", cast.olga, EVERYTHING)

    left = set(Contact.objects.all())
    assert left == {cast.frank}
    assert (batch.changed, batch.refused) == (1, 1)
    assert "stays in the directory" in batch.refusals.get().why


def test_rows_that_came_later_are_not_touched(cast: Cast) -> None:
    until = cast.frank.pk

    _done("change-type", cast.olga, EVERYTHING, type="partner", until=until)

    assert set(Contact.objects.filter(type="partner")) == {cast.frank}


@pytest.mark.slow
def test_more_than_one_stretch_changes_every_row_once(cast: Cast) -> None:
    crowd.contacts(cast, 900)

    batch = _done("change-type", cast.olga, Selection(criteria={"type": ["client"]}), type="other")

    assert (batch.done, batch.changed) == (902, 902)
    assert not Contact.objects.exclude(type="other").exists()
    assert Fact.objects.filter(event="contact.edited").count() == 902


def test_work_that_nobody_waits_for_ends_in_a_letter(cast: Cast) -> None:
    told = {"selection": EVERYTHING.to_json(), "type": "supplier"}

    start_batch("contacts.change-type", given=told, total=2, owner=cast.olga, at=NOON)

    assert Message.objects.get(kind="batch_finished").recipient == cast.olga.email


def test_the_widest_section_says_what_may_be_changed(cast: Cast) -> None:
    Grant.objects.filter(role__slug="employee", right=Right.EDIT).update(level=Level.NONE)
    Grant.objects.update_or_create(
        role_id=Grant.objects.filter(role__slug="employee").values_list("role", flat=True)[0],
        section=Section.CRM,
        right=Right.EDIT,
        defaults={"level": Level.OWN},
    )

    batch = _done("change-type", cast.alice, EVERYTHING, type="supplier")

    assert batch.changed == 2
