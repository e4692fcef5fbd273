"""A whole running Paraph for a journey: its own data, port, processes; nothing shared."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests import tables
from tests.hosts import Child, Host

PARAPH = "paraph.config.cli"
LOADED = ("tests.journeys.host", "paraph.config.urls", "paraph.sealing.command")
PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Running:
    """Where the installation answers and keeps its files."""

    url: str
    env: dict[str, str]
    host: Host

    def paraph(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands."""
        return self.host.run(PARAPH, *words)

    def does(self, script: str, *words: str) -> str:
        """Run a script of this folder in the installation; what it said."""
        done = self.host.run(f"tests.journeys.{script}", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def running(data: Path, *, database_url: str = "", workers: int = 0) -> Iterator[Running]:
    """Populate, start and in the end stop an installation; ``workers`` are for PostgreSQL."""
    port = _free_port()
    url = f"http://localhost:{port}"
    own = {"PARAPH_DATA": str(data), "PORT": str(port), "PARAPH_URL": url}
    own["PARAPH_WEB_PROCESSES"] = "1"  # each would warm up for itself
    env = {**os.environ, **own, "DATABASE_URL": database_url, "PARAPH_KEY_FILE": ""}
    env = {name: value for name, value in env.items() if value}
    env.pop("PARAPH_JOBS", None)
    if not database_url:
        tables.furnish(data)
    host = Host(*LOADED, environment=env)
    with closing(host), (data / "journey.log").open("wb") as log:
        paraph = Running(url, env, host)
        paraph.does("populate")
        processes = [
            host.start(PARAPH, each, log=log) for each in ["serve", *["worker"] * workers]
        ]
        try:
            _wait_for(url, processes[0])
            yield paraph
        finally:
            for process in processes:
                _stop(process)


def _wait_for(url: str, server: Child) -> None:
    """Wait until it answers; while other tests use the same cores, that may take long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and not server.has_ended():
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/accounts/login/", timeout=5).status_code == 200:
                return
        time.sleep(0.2)
    raise TimeoutError(f"{url}: {server.returncode}")


def _stop(process: Child) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(25)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
