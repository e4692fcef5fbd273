"""An engine with real processes: a desk that orders jobs, and workers that can be killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


class Engine:
    """One engine: a database, its desk, its workers and their ledger."""

    def __init__(self, folder: Path, *, url: str, role: str) -> None:
        self.role = role
        self.ledger = folder / "ledger"
        self.ledger.touch()
        self._environment = {
            **os.environ,
            "DATABASE_URL": url,
            "PARAPH_DATA": str(folder),
            "LEDGER": str(self.ledger),
        }
        self._desk = self._start("desk", pipe=subprocess.PIPE)
        self._workers: list[subprocess.Popen[str]] = []
        self.parked()  # the desk answers once the tables are there

    def order(self, job: str, **arguments: Any) -> None:
        """Order a job in a transaction."""
        self._ask("order", job=job, **arguments)

    def parked(self) -> list[list[Any]]:
        """List the parked orders: id, name, attempts, error."""
        return list(self._ask("parked"))

    def retry(self, order_id: int) -> None:
        """Give a parked order another chance."""
        self._ask("retry", order_id=order_id)

    def worker(self, **environment: str) -> subprocess.Popen[str]:
        """Start one more worker."""
        self._workers.append(self._start(self.role, environment))
        return self._workers[-1]

    def entries(self) -> list[tuple[float, str]]:
        """Return the ledger: time and line."""
        lines = [line.split(" ", 1) for line in self.ledger.read_text().splitlines()]
        return [(float(moment), text) for moment, text in lines]

    def count(self, line: str) -> int:
        """Return how often the ledger has the line."""
        return [text for _moment, text in self.entries()].count(line)

    def wait_for(self, line: str, *, times: int = 1, seconds: float = 60) -> None:
        """Wait until the ledger has the line."""
        self.wait_until(lambda: self.count(line) >= times, seconds=seconds)

    def wait_until(self, happened: Callable[[], bool], *, seconds: float = 60) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < deadline, self.entries()
            time.sleep(0.05)

    def close(self) -> None:
        """End all processes."""
        for process in [*self._workers, self._desk]:
            process.kill()
            process.communicate()

    def _ask(self, verb: str, **arguments: Any) -> Any:
        assert self._desk.stdin and self._desk.stdout
        self._desk.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._desk.stdin.flush()
        return json.loads(self._desk.stdout.readline())

    def _start(
        self, role: str, environment: dict[str, str] | None = None, *, pipe: int | None = None
    ) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.process", role],
            env={**self._environment, **(environment or {})},
            stdin=pipe,
            stdout=pipe,
            text=True,
        )


@pytest.fixture(params=["embedded", pytest.param("procrastinate", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Give each contract test to both engines."""
    if request.param == "embedded":
        url, role = f"sqlite:///{tmp_path}/jobs.sqlite3", "runner"
    else:
        url, role = request.getfixturevalue("postgres_url"), "worker"
    engine = Engine(tmp_path, url=url, role=role)
    yield engine
    engine.close()


def kill(process: subprocess.Popen[str]) -> None:
    """Pull the plug."""
    process.send_signal(signal.SIGKILL)
    process.wait()
