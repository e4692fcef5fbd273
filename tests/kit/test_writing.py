"""SQLite has one writer at a time; who else wants to write waits, and not for ever."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.db import OperationalError, connections, transaction
from pytest_django import DjangoDbBlocker

from paraph.config import environment
from paraph.kit.databases.sqlite.base import DatabaseWrapper

OURS = ("one", "other")
Two = tuple[DatabaseWrapper, DatabaseWrapper]


@pytest.fixture
def patience(request: pytest.FixtureRequest) -> float:
    """Seconds; a test may ask for less."""
    return float(getattr(request, "param", 30))


@pytest.fixture
def writers(tmp_path: Path, patience: float, django_db_blocker: DjangoDbBlocker) -> Iterator[Two]:
    """Two connections to one new file."""
    settings = {**connections.settings["default"], **environment.database("", data=tmp_path)}
    settings["OPTIONS"] = {**settings["OPTIONS"], "timeout": patience}
    one, other = (DatabaseWrapper(dict(settings), alias=name) for name in OURS)
    with django_db_blocker.unblock():
        for wrapper in (one, other):
            wrapper.inc_thread_sharing()
            connections[wrapper.alias] = wrapper
        with one.cursor() as cursor:
            cursor.execute("CREATE TABLE said (who TEXT)")
        yield one, other
        for wrapper in (one, other):
            wrapper.close()
            del connections[wrapper.alias]


def say(who: str) -> None:
    """Write a row in a transaction."""
    with transaction.atomic(using=who), connections[who].cursor() as cursor:
        cursor.execute("INSERT INTO said VALUES (%s)", [who])


def test_who_waits_writes_when_the_other_is_done(writers: Two) -> None:
    one, other = writers

    def wait() -> None:
        connections["other"] = other
        say("other")

    waiting = Thread(target=wait)
    with transaction.atomic(using="one"), one.cursor() as cursor:
        waiting.start()
        waiting.join(timeout=0.1)
        assert waiting.is_alive()
        cursor.execute("INSERT INTO said VALUES ('one')")
    waiting.join(timeout=30)

    with one.cursor() as cursor:
        assert cursor.execute("SELECT who FROM said").fetchall() == [("one",), ("other",)]


@pytest.mark.parametrize("patience", [0.05], indirect=True)
def test_nobody_waits_for_ever(writers: Two) -> None:
    one, other = writers

    with transaction.atomic(using="one"), one.cursor() as cursor:
        cursor.execute("INSERT INTO said VALUES ('one')")
        with pytest.raises(OperationalError, match="locked"):
            say("other")

    say("other")
    with other.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchall() == [(50,)]
