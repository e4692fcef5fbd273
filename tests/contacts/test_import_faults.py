"""The worker is killed in the middle of long work: it goes on, and changes each row once."""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import tables
from tests.hosts import INSTALLATION, Child, Host

pytestmark = pytest.mark.slow
RECOVERY_SECONDS = 180
ROWS = 2_000
"""Four stretches of the check, of the import itself, and of an export."""
MANY = 1_200
"""Six stretches of a group action; eight or more of an import that is undone."""


class House:
    """One folder with a database, a desk, and at most one worker."""

    def __init__(self, folder: Path, *, url: str) -> None:
        self._role = "worker" if url else "runner"
        environment = {
            **os.environ,
            "PARAPH_DATA": str(folder),
            "PARAPH_KEY_FILE": str(folder / "master.key"),
            "PARAPH_SECRET_KEY": "only for this test",
            "DATABASE_URL": url,
            "PARAPH_STALLED_SECONDS": "6",
        }
        self._host = Host(*INSTALLATION, environment=environment)
        self._desk = self._host.start("tests.contacts.house", talks=True)
        self._worker: Child | None = None

    def ask(self, verb: str, *arguments: Any) -> Any:
        """Have something done at the desk."""
        assert self._desk.stdin and self._desk.stdout
        self._desk.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._desk.stdin.flush()
        return json.loads(self._desk.stdout.readline())

    def work(self) -> None:
        """Start a worker."""
        self._worker = self._host.start("paraph.config.cli", self._role)

    def kill_in_the_middle(self, kind: str, *, after: int, state: str = "running") -> None:
        """Kill the worker once it has done some of the work, and start another one."""
        self.wait_until(
            lambda it: (it["kind"], it["state"]) == (kind, state) and it["done"] >= after
        )
        assert self._worker
        self._worker.kill()
        self._worker.wait()
        assert self.ask("newest")["state"] == state
        self.work()

    def wait_until(self, happened: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the newest long work is so far."""
        deadline = time.monotonic() + RECOVERY_SECONDS
        while not happened(newest := self.ask("newest")):
            assert time.monotonic() < deadline, newest
            time.sleep(0.05)
        return dict(newest)

    def close(self) -> None:
        """End all processes."""
        self._host.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """An empty installation on either database."""
    url = ""
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_installation_url")
    else:
        tables.furnish(tmp_path)
    (tmp_path / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
    house = House(tmp_path, url=url)
    yield house
    house.close()


def test_killed_workers_repeat_nothing_and_forget_nothing(house: House) -> None:
    number = house.ask("begin", ROWS, 7)
    house.work()
    house.kill_in_the_middle("contacts.import-check", after=500)
    house.wait_until(lambda it: it["state"] == "done")

    house.ask("bring_in", number)
    house.kill_in_the_middle("contacts.import", after=500)
    house.wait_until(lambda it: it["state"] == "done")
    house.ask("take_out")
    house.kill_in_the_middle("contacts.export", after=500)
    ended = house.wait_until(lambda it: it["state"] == "done")

    assert house.ask("counts") == dict.fromkeys(["people", "different", "facts"], ROWS) | {
        "companies": 7,
        "deleted": 0,
    }
    assert house.ask("lines_of", ended["file"]) == ROWS + 3  # the heading, Frank and Grace


def test_a_killed_worker_takes_nobody_back_twice(house: House) -> None:
    number = house.ask("begin", MANY, MANY)
    house.work()
    house.wait_until(lambda it: it["state"] == "done")
    house.ask("bring_in", number)
    house.wait_until(lambda it: (it["kind"], it["state"]) == ("contacts.import", "done"))

    house.ask("take_back")
    house.kill_in_the_middle("contacts.import", after=200, state="undoing")
    house.wait_until(lambda it: it["state"] == "undone")

    assert house.ask("counts") == {
        "people": 0,
        "different": 0,
        "facts": MANY,
        "companies": 0,
        "deleted": MANY,
    }


def test_a_group_action_outlives_its_worker_and_stops_where_it_is_told(house: House) -> None:
    house.ask("gather", MANY)
    house.work()
    house.ask("hand_over", "Bob")
    house.kill_in_the_middle("contacts.change-responsible", after=400)
    house.wait_until(lambda it: it["state"] == "done")
    everybody = MANY + 2  # Frank and Grace were there before
    counted = {"facts": everybody, "traces": everybody, "letters": 1}
    assert house.ask("handed_over") == {"Bob": everybody} | counted

    house.ask("hand_over", "Erin")
    house.wait_until(lambda it: it["kind"] == "contacts.change-responsible" and it["done"] >= 200)
    house.ask("cancel")
    stopped = house.wait_until(lambda it: it["state"] == "cancelled")

    done = stopped["done"]
    assert 200 <= done < everybody
    assert house.ask("handed_over") == {
        "Erin": done,
        "Bob": everybody - done,
        "facts": everybody + done,
        "traces": everybody + done,
        "letters": 2,
    }
