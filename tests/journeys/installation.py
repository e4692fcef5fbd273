"""A whole running Paraph for a journey: its own data, port, processes; nothing shared."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests import tables

PARAPH = [sys.executable, "-m", "paraph.config.cli"]
PATIENCE_SECONDS = 180


@dataclass(frozen=True)
class Running:
    """Where the installation answers and keeps its files."""

    url: str
    env: dict[str, str]
    host: subprocess.Popen[str]

    def paraph(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of its commands."""
        return subprocess.run(
            [*PARAPH, *words], env=self.env, capture_output=True, text=True, check=False
        )

    def does(self, script: str, *words: str) -> str:
        """Run a script of this folder in the installation; what it said."""
        assert self.host.stdin and self.host.stdout
        self.host.stdin.write(json.dumps([script, *words]) + "\n")
        self.host.stdin.flush()
        answer = json.loads(self.host.stdout.readline())
        assert not answer["trouble"], answer["trouble"]
        said: str = answer["said"]
        return said


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
    commands = [["serve"], *[["worker"]] * workers]
    with _host(env) as host, (data / "journey.log").open("wb") as log:
        Running(url, env, host).does("populate")
        processes = [
            subprocess.Popen(
                [*PARAPH, *words], env=env, stdout=log, stderr=log, start_new_session=True
            )
            for words in commands
        ]
        try:
            _wait_for(url, processes[0])
            yield Running(url, env, host)
        finally:
            for process in processes:
                _stop(process)


@contextmanager
def _host(env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Start the process that runs scripts in an installation."""
    command = [sys.executable, "-m", "tests.journeys.host"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=env, text=True, stdin=pipe, stdout=pipe) as host:
        yield host


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until it answers; while other tests use the same cores, that may take long."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{url}/accounts/login/", timeout=5).status_code == 200:
                return
        time.sleep(0.2)
    raise TimeoutError(f"{url}: {server.poll()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(25)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
