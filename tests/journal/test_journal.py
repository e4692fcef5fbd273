"""Facts: recorded with the action, kept for ever, erasable in what they say."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction
from pytest_django import DjangoAssertNumQueries

from paraph import journal
from paraph.journal import SYSTEM, Event, Fact
from paraph.journal.events import EVENTS
from paraph.journal.jobs import react
from paraph.journal.models import Mention, Payload, commitment
from paraph.kit import db
from tests.append_only import growing_tables
from tests.journal import deeds
from tests.journal.deeds import ERIN, KiteFlown, fly_kite, forget
from tests.moments import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_clear_sky() -> None:
    deeds.seen.clear()
    deeds.waved.clear()


def test_a_fact_says_what_happened_when_and_who_did_it() -> None:
    fact = Fact.objects.get(pk=fly_kite(3, meadow_id=5).pk)

    assert (fact.event, fact.at, fact.actor) == ("kite.flown", NOON, ERIN)
    assert fact.facts == {"kite_id": 3, "meadow_id": 5, "colours": ["red", "żółty"]}
    assert fact.is_proven


def test_a_fact_is_kept_only_with_its_action() -> None:
    with pytest.raises(ArithmeticError):
        fly_kite(3, fail=True)

    assert not Fact.objects.exists()
    assert deeds.seen == []


def test_a_fact_needs_a_transaction() -> None:
    with pytest.raises(db.NotInTransaction):
        journal.record(KiteFlown(kite_id=3), by=ERIN, at=NOON)


def test_the_timeline_of_a_row_has_every_fact_that_mentions_it() -> None:
    both, other = fly_kite(3, meadow_id=5), fly_kite(4, meadow_id=5)

    assert list(journal.timeline(subject="kite", object_id=3)) == [both]
    assert list(journal.timeline(subject="meadow", object_id=5)) == [other, both]


def test_reading_a_timeline_takes_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _time in range(3):
        fly_kite(3)

    with django_assert_num_queries(1):
        told = [(fact.actor, fact.facts) for fact in journal.timeline(subject="kite", object_id=3)]

    assert len(told) == 3


def test_what_reacts_gets_the_event_after_the_commit() -> None:
    fly_kite(3)

    assert [event.kite_id for event in deeds.seen] == [3]
    assert deeds.waved == [3]


def test_a_reaction_may_call_an_action() -> None:
    fly_kite(3, meadow_id=13)

    events = [fact.event for fact in journal.timeline(subject="kite", object_id=3)]
    assert events == ["kite.landed", "kite.flown"]


def test_nothing_reacts_to_a_fact_that_was_erased_meanwhile() -> None:
    fact = fly_kite(3)
    forget(fact)

    react(fact_id=fact.pk, reaction="tests.journal.deeds.look_up")

    assert len(deeds.seen) == 1


def test_erasing_takes_the_words_and_leaves_the_proof() -> None:
    fact = fly_kite(3)
    kept, salt = fact.payload.canonical, bytes(fact.payload.salt)

    forget(fact)

    fact = Fact.objects.get(pk=fact.pk)
    assert fact.is_erased
    assert (fact.facts, fact.actor.name, fact.actor.id) == ({}, "", 7)
    assert commitment(kept, salt=salt) == fact.commitment
    assert list(journal.timeline(subject="kite", object_id=3)) == [fact]


def test_a_changed_payload_is_found_out() -> None:
    fact = fly_kite(3)
    Payload.objects.update(canonical=fact.payload.canonical.replace("red", "rot"))

    assert not Fact.objects.get(pk=fact.pk).is_proven


def test_equal_facts_have_different_commitments() -> None:
    assert fly_kite(3).commitment != fly_kite(3).commitment


@pytest.mark.parametrize("model", [Fact, Mention])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_a_fact(model: type[models.Model], change: str) -> None:
    growing_tables(are_locked=True)
    fly_kite(3)
    statement = f"UPDATE {model._meta.db_table} SET id = id + 1"
    if change == "delete":
        statement = f"DELETE FROM {model._meta.db_table}"

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert Fact.objects.count() == 1


def test_a_name_belongs_to_one_event() -> None:
    with pytest.raises(TypeError, match=r"kite\.flown"):
        type("KiteStolen", (Event,), {"name": "kite.flown"})


def test_events_read_what_older_releases_wrote() -> None:
    assert KiteFlown.of({"kite_id": 1, "wind": "strong"}) == KiteFlown(kite_id=1)


def test_the_command_lists_what_each_event_sets_in_motion() -> None:
    out = StringIO()

    call_command("reactions", stdout=out)

    told = out.getvalue()
    assert "kite.flown\n    tests.journal.deeds.bring_it_down  Land a kite" in told
    assert set(EVENTS) <= set(told.split())


def test_every_event_of_the_installation_can_be_written() -> None:
    assert all(name == event.name and "." in name for name, event in EVENTS.items())
    assert SYSTEM.id is None
    assert apps.get_app_config("journal").name == "paraph.journal"
