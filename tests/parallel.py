"""Many at once: a database in a file, and threads that all begin at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection, connections

from paraph.config.environment import database

Answer = TypeVar("Answer")


@pytest.fixture
def file_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Move the test's database from memory into a file, where threads wait for each other.

    In memory SQLite has no busy timeout: a second writer would fail at once.
    """
    if connection.vendor != "sqlite":
        yield
        return
    copy = tmp_path / "parallel.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    settings, in_memory = connections.settings["default"], connections["default"]
    name = settings["NAME"]
    settings["NAME"] = str(copy)
    del connections["default"]
    yield
    connections["default"].close()
    settings["NAME"] = name
    connections["default"] = in_memory


@pytest.fixture
def postgres_database(transactional_db: None, postgres_installation_url: str) -> Iterator[None]:
    """Move the test's database to a PostgreSQL server."""
    kept, in_memory = connections.settings["default"], connections["default"]
    there = {**kept, "OPTIONS": {}, **database(postgres_installation_url, data=Path())}
    connections.settings["default"] = there
    del connections["default"]
    yield
    connections["default"].close()
    connections.settings["default"] = kept
    connections["default"] = in_memory


def at_once(work: Callable[[int], Answer], *, times: int) -> list[Answer | Exception]:
    """Call the function that often, all at the same moment; what was raised is returned, too."""
    gate = Barrier(times)

    def run(number: int) -> Answer | Exception:
        try:
            gate.wait()
            return work(number)
        except Exception as failure:
            return failure
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
