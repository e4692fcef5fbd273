"""Prepared questions: the same answers as Django's own, with other values each time."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max, QuerySet

from paraph.contacts.models import Contact
from paraph.kit.prepared import NotPrepared, Prepared, given
from paraph.people.matrix import Level
from paraph.people.models import Employee, Grant, Preset
from tests.cast import Cast
from tests.moments import NOON

OF = Prepared(lambda: Preset.objects.filter(owner=given("owner"), listing=given("listing")))


def test_models_come_back_whole(cast: Cast) -> None:
    for person in (cast.alice, cast.bob):
        Preset.objects.create(owner=person, listing="contacts", name="x", criteria={"q": ["é"]})

    [hers] = OF(owner=cast.alice.pk, listing="contacts")
    [his] = OF(owner=cast.bob.pk, listing="contacts")

    assert (hers, his) == tuple(Preset.objects.order_by("pk"))
    assert hers.criteria == {"q": ["é"]}
    assert his.owner == cast.bob
    assert OF(owner=cast.erin.pk, listing="contacts") == []


def test_moments_are_compared_as_moments(cast: Cast) -> None:
    since = Prepared(lambda: Contact.objects.filter(created_at__gt=given("since")).order_by("pk"))

    created = Contact.objects.order_by("pk")
    assert since(since=NOON - timedelta(days=9)) == list(created)
    assert since.first(since=NOON - timedelta(days=9)) == created[0]
    assert since.first(since=NOON + timedelta(days=9)) is None


def test_rows_may_be_tuples_and_are_counted(cast: Cast) -> None:
    rows = Grant.objects.filter(level__gte=given("least")).values("section")
    widest = rows.annotate(widest=Max("level")).values_list("section", "widest")
    asked = Prepared(lambda: widest.order_by("section"))

    found = asked(least=Level.ALL)

    assert found == [(it, Level.ALL) for it in sorted({section for section, _widest in found})]
    assert asked.count(least=Level.ALL) == len(found) > 1
    assert asked.count(least=99) == 0


def test_values_never_become_part_of_the_statement(cast: Cast) -> None:
    for person in (cast.alice, cast.bob):
        Preset.objects.create(owner=person, listing="contacts", name="x", criteria={})

    assert OF(owner=cast.alice.pk, listing="' OR 1=1 --") == []
    assert len(OF(owner=cast.alice.pk, listing="contacts")) == 1


def test_each_thread_asks_over_its_own_connection(cast: Cast) -> None:
    everybody = Prepared(lambda: Employee.objects.filter(email=given("email")))
    kept = []

    def ask() -> None:
        everybody._statement.sql  # noqa: B018  written for this thread
        kept.append(everybody._statement.connection)
        connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert everybody.first(email=cast.bob.email) == cast.bob
    assert everybody._statement.connection not in kept


def test_what_was_selected_along_comes_with_the_row(cast: Cast) -> None:
    with_owner = Prepared(
        lambda: Preset.objects.select_related("owner").filter(listing=given("listing"))
    )
    Preset.objects.create(owner=cast.bob, listing="contacts", name="x")

    [preset] = with_owner(listing="contacts")

    assert "owner" in preset._state.fields_cache
    assert preset.owner == cast.bob


@pytest.mark.django_db
@pytest.mark.parametrize(
    "question",
    [
        lambda: Preset.objects.values("name"),
        lambda: Preset.objects.values_list("name", flat=True),
        lambda: Preset.objects.annotate(widest=Max("pk")),
        lambda: Preset.objects.prefetch_related("owner"),
    ],
)
def test_what_would_be_read_otherwise_is_refused(question: Callable[[], QuerySet[Any]]) -> None:
    with pytest.raises(NotPrepared):
        Prepared(question)()


@pytest.mark.django_db
def test_nothing_is_no_value() -> None:
    with pytest.raises(NotPrepared):
        OF(owner=None, listing="contacts")
