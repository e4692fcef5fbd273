"""An engine with real processes: a desk that orders jobs, and workers that can be killed."""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import postgres_database
from tests.hosts import Child, Host

PATIENCE_SECONDS = 120  # other tests use the same cores
LOADED = ("django.core.management", "django.db.models", "django.urls", "procrastinate", "psycopg")


class Engine:
    """One engine: a database, its desk, its workers and their ledger."""

    def __init__(self, folder: Path, *, host: Host, url: str, role: str) -> None:
        self.role = role
        self._host = host
        self.ledger = folder / "ledger"
        self.ledger.touch()
        self._environment = {
            **os.environ,
            "DATABASE_URL": url,
            "PARAPH_DATA": str(folder),
            "LEDGER": str(self.ledger),
            "PARAPH_STALLED_SECONDS": "6",
        }
        self._desk = self._start("desk", talks=True)
        self._workers: list[Child] = []
        self.parked()  # the desk answers once it is there

    def order(self, job: str, **arguments: Any) -> None:
        """Order a job in a transaction."""
        self._ask("order", job=job, **arguments)

    def parked(self) -> list[list[Any]]:
        """List the parked orders: id, name, attempts, error."""
        return list(self._ask("parked"))

    def retry(self, order_id: int) -> None:
        """Give a parked order another chance."""
        self._ask("retry", order_id=order_id)

    def worker(self, **environment: str) -> Child:
        """Start one more worker."""
        self._workers.append(self._start(self.role, environment))
        return self._workers[-1]

    def entries(self) -> list[tuple[float, str]]:
        """Return the ledger: time and line."""
        lines = [line.split(" ", 1) for line in self.ledger.read_text().splitlines()]
        return [(float(moment), text) for moment, text in lines]

    def lines(self) -> list[str]:
        """Return what stands in the ledger, in its order."""
        return [text for _moment, text in self.entries()]

    def count(self, line: str) -> int:
        """Return how often the ledger has the line."""
        return self.lines().count(line)

    def wait_for(self, line: str, *, times: int = 1, seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until the ledger has the line."""
        self.wait_until(lambda: self.count(line) >= times, seconds=seconds)

    def wait_until(
        self, happened: Callable[[], bool], *, seconds: float = PATIENCE_SECONDS
    ) -> None:
        """Wait until something is so."""
        deadline = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < deadline, self.entries()
            time.sleep(0.05)

    def close(self) -> None:
        """End all processes."""
        for process in [*self._workers, self._desk]:
            process.close()

    def _ask(self, verb: str, **arguments: Any) -> Any:
        assert self._desk.stdin and self._desk.stdout
        self._desk.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._desk.stdin.flush()
        return json.loads(self._desk.stdout.readline())

    def _start(
        self, role: str, environment: dict[str, str] | None = None, *, talks: bool = False
    ) -> Child:
        own = {**self._environment, **(environment or {})}
        return self._host.start("tests.jobs.process", role, environment=own, talks=talks)


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """Start the processes of all contract tests."""
    host = Host(*LOADED, environment=os.environ)
    yield host
    host.close()


@pytest.fixture(scope="session")
def sqlite_tables(host: Host, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the tables in SQLite once; the folder to copy."""
    folder = tmp_path_factory.mktemp("tables")
    _make_tables(host, f"sqlite:///{folder}/jobs.sqlite3", tmp_path_factory.mktemp("data"))
    return folder


@pytest.fixture(scope="session")
def postgres_tables(
    host: Host, postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Make the tables in PostgreSQL once; the name of the database to copy."""
    with postgres_database(postgres_server) as url:
        _make_tables(host, url, tmp_path_factory.mktemp("data"))
        yield urlsplit(url).path.lstrip("/")


def _make_tables(host: Host, url: str, data: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "PARAPH_DATA": str(data)}
    assert host.run("tests.jobs.process", "tables", environment=environment).returncode == 0


@pytest.fixture
def sqlite_tables_url(sqlite_tables: Path, tmp_path: Path) -> str:
    """Copy the tables in SQLite for one test."""
    shutil.copytree(sqlite_tables, tmp_path, dirs_exist_ok=True)
    return f"sqlite:///{tmp_path}/jobs.sqlite3"


@pytest.fixture
def postgres_tables_url(postgres_server: str, postgres_tables: str) -> Iterator[str]:
    """Copy the tables in PostgreSQL for one test."""
    with postgres_database(postgres_server, template=postgres_tables) as url:
        yield url


EMBEDDED = pytest.param(("sqlite_tables_url", "runner"), id="embedded")
PROCRASTINATE = pytest.param(
    ("postgres_tables_url", "worker"), id="procrastinate", marks=pytest.mark.postgres
)


@pytest.fixture(params=[EMBEDDED, PROCRASTINATE])
def engine(request: pytest.FixtureRequest, host: Host, tmp_path: Path) -> Iterator[Engine]:
    """Give each contract test to both engines."""
    tables, role = request.param
    engine = Engine(tmp_path, host=host, url=request.getfixturevalue(tables), role=role)
    yield engine
    engine.close()


def kill(process: Child) -> None:
    """Pull the plug."""
    process.kill()
    process.wait()
