"""The worker is killed at each step of signing: after a restart everything happens, once."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests import tables
from tests.fakes.trust_centre import serving
from tests.hosts import INSTALLATION, Child, Host

pytestmark = pytest.mark.slow

RECOVERY_SECONDS = 180
POINTS = [
    ["after-intent", "after-file", "log-after-sequence", "after-completion"],
    ["after-signature", "after-commit", "log-after-tiles", "before-message"],
]
"""In the order of the way; each restart comes as far as the next point, the last to the end."""

OUTSIDE_POINTS = ["after-certificate", "after-outside-stamp", "log-after-checkpoint"]
"""The same, where a time-stamp service outside stamps."""


class House:
    """One folder with a database, a desk, and at most one runner."""

    def __init__(self, folder: Path, **told: str) -> None:
        self._environment = {
            **os.environ,
            "PARAPH_DATA": str(folder),
            "PARAPH_KEY_FILE": str(folder / "master.key"),
            "PARAPH_SECRET_KEY": "only for this test",
            "DATABASE_URL": "",
            "PARAPH_FAULT": "",
            **told,
        }
        self._host = Host(*INSTALLATION, environment=self._environment)
        self._desk = self._host.start("tests.signing.house", talks=True)
        self._runner: Child | None = None

    def ask(self, verb: str, *arguments: Any) -> Any:
        """Have something done at the desk."""
        assert self._desk.stdin and self._desk.stdout
        self._desk.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._desk.stdin.flush()
        return json.loads(self._desk.stdout.readline())

    def run(self, *, fault: str = "") -> Child:
        """Start the runner, to die at the fault point if one is named."""
        self._environment["PARAPH_FAULT"] = fault
        self._runner = self._host.start("paraph.config.cli", "runner")
        return self._runner

    def stop(self) -> None:
        """Let the runner finish what it is doing."""
        if self._runner:
            self._runner.terminate()
            self._runner.wait(timeout=RECOVERY_SECONDS)

    def close(self) -> None:
        """End all processes."""
        self._host.close()


def wait_until(happened: Callable[[], bool], *, seconds: float = RECOVERY_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.2)


def is_asked(house: House, envelope: int, number: int) -> bool:
    return bool(house.ask("state", envelope)["parties"][number] == "asked")


def everybody_has_the_file(house: House, envelope: int) -> bool:
    """Tell whether both got exactly one message about the completed document."""
    told = house.ask("state", envelope)["completed"]
    return bool(told == [["+33612345601", "delivered"], ["erin@example.org", "delivered"]])


@pytest.fixture(scope="module")
def before_the_last_signature(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """An installation in which Erin has signed and Frank is about to."""
    folder = tmp_path_factory.mktemp("house")
    (folder / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
    tables.furnish(folder)
    with closing(House(folder)) as house:
        envelope = house.ask("begin")
        house.run()
        for number, name in enumerate(("Erin", "Frank")):
            wait_until(partial(is_asked, house, envelope, number))
            house.ask("prove", envelope, name)
            if name == "Erin":
                house.ask("press", envelope, name)
        wait_until(lambda: house.ask("state", envelope)["waiting"] == 0)
        house.stop()
    return folder, envelope


@pytest.fixture
def folder(before_the_last_signature: tuple[Path, int], tmp_path: Path) -> Path:
    """A copy of that installation for one test."""
    return shutil.copytree(before_the_last_signature[0], tmp_path / "house")


@pytest.fixture
def house(folder: Path) -> Iterator[House]:
    with closing(House(folder)) as house:
        yield house


@pytest.mark.parametrize("points", POINTS, ids=" ".join)
def test_a_worker_killed_at_every_point_loses_nothing_and_repeats_nothing(
    house: House, before_the_last_signature: tuple[Path, int], points: list[str]
) -> None:
    envelope = before_the_last_signature[1]
    house.ask("press", envelope, "Frank")
    killed_at(house, points)

    house.run()

    wait_until(partial(everybody_has_the_file, house, envelope))
    assert house.ask("state", envelope)["envelope"] == "completed"
    assert house.ask("check") is None


def test_a_worker_killed_after_a_stamp_from_outside_seals_once(
    folder: Path, before_the_last_signature: tuple[Path, int]
) -> None:
    envelope = before_the_last_signature[1]
    with serving() as centre:
        told = {"PARAPH_TSA_URLS": centre.url, "PARAPH_INSIDE_NETWORKS": "127.0.0.0/8"}
        with closing(House(folder, **told)) as house:
            house.ask("press", envelope, "Frank")
            killed_at(house, OUTSIDE_POINTS)

            house.run()

            wait_until(partial(everybody_has_the_file, house, envelope))
            assert house.ask("state", envelope)["envelope"] == "completed"
            assert house.ask("check") is None
    assert centre.asked > len(OUTSIDE_POINTS)


def test_a_worker_killed_at_the_company_s_seal_the_late_stamp_and_the_renewal_does_each_once(
    tmp_path: Path,
) -> None:
    with serving() as centre, closing(moved_in(tmp_path, tsa=centre.url)) as house:
        centre.is_down = True
        key = ec.generate_private_key(ec.SECP256R1())
        envelope = house.ask("begin", centre.container("Ardent SAS", key=key).hex())
        runner = house.run(fault="after-company-seal")
        signs(house, envelope, "Erin")
        dies(house, runner)
        runner = house.run(fault="after-late-stamp")
        signs(house, envelope, "Frank")
        wait_until(lambda: house.ask("state", envelope)["envelope"] == "closing")
        centre.is_down = False
        dies(house, runner, asking="hurry")
        runner = house.run(fault="before-renewal")
        wait_until(lambda: house.ask("state", envelope)["envelope"] == "completed")
        house.ask("age")
        dies(house, runner)
        dies(house, house.run(fault="after-renewal"))

        house.run()

        wait_until(lambda: not house.ask("ordered", "signing.jobs.lasting.renew_stamp"))
        once = [house.ask("kinds").count(kind) for kind in ("stamped", "completed", "renewed")]
        assert (once, house.ask("sealed_beside"), house.ask("check")) == ([1, 1, 1], 1, None)


def moved_in(folder: Path, *, tsa: str) -> House:
    """An empty installation whose time stamps come from outside."""
    (folder / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
    tables.furnish(folder)
    return House(folder, PARAPH_TSA_URLS=tsa, PARAPH_INSIDE_NETWORKS="127.0.0.0/8")


def signs(house: House, envelope: int, name: str) -> None:
    """Let a party sign as soon as it is asked."""
    wait_until(partial(is_asked, house, envelope, ("Erin", "Frank").index(name)))
    house.ask("prove", envelope, name)
    house.ask("press", envelope, name)


def dies(house: House, runner: Child, *, asking: str = "outwait") -> None:
    """Wait until the runner has come to its fault point, asking for something meanwhile."""
    deadline = time.monotonic() + RECOVERY_SECONDS
    while runner.returncode is None:
        assert time.monotonic() < deadline, "It does not come to its fault point."
        house.ask(asking)
        with suppress(subprocess.TimeoutExpired):
            runner.wait(timeout=1)
    assert runner.returncode == -signal.SIGKILL
    house.ask("outwait")


def killed_at(house: House, points: list[str]) -> None:
    for point in points:
        killed = house.run(fault=point)
        assert killed.wait(timeout=RECOVERY_SECONDS) == -signal.SIGKILL, point
        house.ask("outwait")
