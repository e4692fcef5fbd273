"""``paraph serve`` with real processes: it starts them, keeps them alive, and takes them along."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests import tables

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them"),
]


class Serving:
    """One ``paraph serve`` on a free port and a fresh data folder."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.output = folder / "output"
        environment = {**at_home(folder), "PORT": str(self.port)}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "paraph.config.cli", "serve"],
                env=environment,
                stdout=output,
                stderr=output,
            )

    def said(self) -> str:
        """Return what it has written so far."""
        return self.output.read_text()

    def answers(self) -> bool:
        """Tell whether pages are served."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/").status_code < 500
        except httpx.TransportError:
            return False

    def child(self, word: str) -> int | None:
        """Return the process of that command."""
        return next((pid for pid in children(self.process.pid) if word in command(pid)), None)

    def family(self) -> list[int]:
        """Return all processes that it has started."""
        return [pid for child in children(self.process.pid) for pid in [child, *children(child)]]


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(c) for thread in threads for c in (thread / "children").read_text().split()]


def command(pid: int) -> list[str]:
    """Return the words of a command; none for a process that is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except FileNotFoundError:
        return []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(happened: Callable[[], object], *, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def at_home(folder: Path) -> dict[str, str]:
    own = {"PARAPH_DATA": str(folder), "DATABASE_URL": "", "PARAPH_WEB_PROCESSES": "1"}
    return {**os.environ, **own}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    tables.furnish(folder)
    return folder


@pytest.fixture
def serving(migrated: Path, tmp_path: Path) -> Iterator[Serving]:
    """One for a test that ends it."""
    with started(shutil.copytree(migrated, tmp_path / "installation")) as serving:
        yield serving


@pytest.fixture(scope="module")
def lasting(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """One for all tests that leave it running."""
    folder = tmp_path_factory.mktemp("lasting") / "installation"
    with started(shutil.copytree(migrated, folder)) as serving:
        yield serving


@contextmanager
def started(folder: Path) -> Iterator[Serving]:
    serving = Serving(folder)
    wait_until(lambda: "Paraph is at" in serving.said() or serving.process.poll() is not None)
    yield serving
    if serving.process.poll() is None:
        serving.process.terminate()
        serving.process.wait(timeout=180)


def test_a_first_start_serves_and_tells_how_to_set_up(lasting: Serving) -> None:
    assert f"Paraph is at http://localhost:{lasting.port}" in lasting.said()
    assert "Set it up, once, at http" in lasting.said()
    wait_until(lasting.answers)


def test_killed_processes_are_started_again(lasting: Serving) -> None:
    runner, web = lasting.child("runner"), lasting.child("granian")
    assert runner and web

    os.kill(runner, signal.SIGKILL)
    os.kill(web, signal.SIGKILL)

    wait_until(lambda: lasting.child("runner") not in (None, runner))
    wait_until(lambda: lasting.child("granian") not in (None, web) and lasting.answers())


def test_a_polite_stop_takes_everything_along(serving: Serving) -> None:
    family = serving.family()

    serving.process.send_signal(signal.SIGTERM)

    assert serving.process.wait(timeout=180) == 0
    wait_until(lambda: not any(command(pid) for pid in family))


def test_killing_it_leaves_no_orphans(serving: Serving) -> None:
    family = serving.family()

    serving.process.kill()
    serving.process.wait()

    wait_until(lambda: not any(command(pid) for pid in family))


def test_a_taken_port_is_said_plainly(lasting: Serving, migrated: Path) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "paraph.config.cli", "serve"],
        env={**at_home(migrated), "PORT": str(lasting.port)},
        capture_output=True,
        text=True,
        timeout=180,
    )

    assert second.returncode == 1
    assert f"Port {lasting.port} is taken" in second.stderr
