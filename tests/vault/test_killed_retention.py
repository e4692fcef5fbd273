"""The nightly run dies by kill -9: before its commit all is there, afterwards what was not due."""

import json
import os
import secrets
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import tables
from tests.hosts import INSTALLATION, Child, Host

pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 180


class House:
    """An installation in a folder, its desk, and a runner that one may let die."""

    def __init__(self, folder: Path) -> None:
        tables.furnish(folder)
        (folder / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
        own = {"PARAPH_DATA": str(folder), "PARAPH_KEY_FILE": str(folder / "master.key")}
        own |= {"PARAPH_SECRET_KEY": "only for this test", "DATABASE_URL": "", "PARAPH_FAULT": ""}
        self.environment = {**os.environ, **own}
        self._host = Host(*INSTALLATION, environment=self.environment)
        self._desk = self._host.start("tests.vault.keeper", talks=True)

    def ask(self, verb: str, *arguments: Any) -> Any:
        """Have something done at the desk."""
        assert self._desk.stdin and self._desk.stdout
        self._desk.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._desk.stdin.flush()
        return json.loads(self._desk.stdout.readline())

    def run(self, *, fault: str = "") -> Child:
        """Order the run, and start a runner that dies at the fault point if one is named."""
        self.ask("order")
        self.environment["PARAPH_FAULT"] = fault
        return self._host.start("paraph.config.cli", "runner")

    def close(self) -> None:
        """End all processes."""
        self._host.close()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


def test_a_killed_run_goes_on_and_never_takes_what_is_on_hold(house: House) -> None:
    house.ask("move_in", 24)
    house.ask("hold", "05")

    dies = house.run(fault="vault-after-removal").wait(timeout=PATIENCE_SECONDS)
    assert dies == -signal.SIGKILL
    assert house.ask("look") == {"files": _all(24), "documents": 24, "tombs": 0, "proven": 0}

    house.ask("hold", "07")
    dies = house.run(fault="vault-between-stretches").wait(timeout=PATIENCE_SECONDS)
    assert dies == -signal.SIGKILL
    seen = house.ask("look")
    assert (seen["files"], seen["tombs"], seen["proven"]) == (["05", "07", "22", "23"], 20, 20)

    house.ask("hold", "23")
    house.run()
    deadline = time.monotonic() + PATIENCE_SECONDS
    while house.ask("look")["tombs"] < 21 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert house.ask("look") == {
        "files": ["05", "07", "23"],
        "documents": 3,
        "tombs": 21,
        "proven": 21,
    }


def _all(count: int) -> list[str]:
    return [f"{number:02}" for number in range(count)]
