"""V6: a large group action and a large export whose worker is killed, and which are cancelled.

What counts is that each row changes once, the file is whole, and the person gets a letter.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

LARGE = os.environ.get("BENCH_LARGE") == "1"
CHANGED = int(os.environ.get("BENCH_CHANGED", "100000" if LARGE else "2000"))
OUT = int(os.environ.get("BENCH_OUT", "1000000" if LARGE else "50000"))
VENDORS = os.environ.get("BENCH_VENDORS", "sqlite postgresql").split()
PATIENCE_SECONDS = 3600
LETTERS = 2
"""One for the work that was done, one for what was cancelled."""


class Crew:
    """A desk that orders, and one worker that is killed and replaced."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = {**environment, "PARAPH_STALLED_SECONDS": "6"}
        self._role = "worker" if environment["DATABASE_URL"] else "runner"
        self._desk = self._start("tests.contacts.house", pipe=subprocess.PIPE)
        self._worker = self._start("paraph.config.cli", self._role)

    def ask(self, verb: str, *arguments: Any) -> Any:
        """Have something done at the desk."""
        assert self._desk.stdin and self._desk.stdout
        self._desk.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._desk.stdin.flush()
        return json.loads(self._desk.stdout.readline())

    def wait_until(self, happened: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait until the newest long work is so far."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not happened(newest := self.ask("newest")):
            if time.monotonic() > deadline:
                raise TimeoutError(f"The work does not go on: {newest}")
            time.sleep(0.1)
        return dict(newest)

    def replace_worker(self) -> None:
        """Kill the worker as a power cut does, and start another one."""
        self._worker.kill()
        self._worker.wait()
        self._worker = self._start("paraph.config.cli", self._role)

    def close(self) -> None:
        """End both processes."""
        for process in (self._worker, self._desk):
            process.kill()
            process.communicate()

    def _start(self, *words: str, pipe: int | None = None) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", *words]
        return subprocess.Popen(command, env=self._environment, stdin=pipe, stdout=pipe, text=True)


def measure() -> list[dict[str, object]]:
    """The figures of both kinds of long work, on both databases."""
    return [row for vendor in VENDORS for row in (*_changes(vendor), *_files(vendor))]


def _changes(vendor: str) -> Iterator[dict[str, object]]:
    from bench.homes import home

    with _crew(home(vendor, CHANGED, purpose="V6 killed")) as crew:
        before = crew.ask("handed_over")
        everybody = sum(before.values()) - before["facts"] - before["traces"] - before["letters"]
        begun = time.monotonic()
        crew.ask("hand_over", "Bob")
        _killed_and_done(crew, after=everybody // 10)
        seconds = time.monotonic() - begun
        now = crew.ask("handed_over")
        due = everybody - before.get("Bob", 0)
        wrong = abs(now["Bob"] - everybody) + abs(now["facts"] - due) + abs(now["traces"] - due)
        crew.ask("hand_over", "Erin")
        stopped = _cancelled(crew, after=everybody // 20)
        letters = crew.ask("handed_over")["letters"]
    what = f"group action on {everybody:,} contacts, worker killed, {vendor}"
    yield _row(f"{what}: rows changed twice or not at all", wrong, "rows", 0)
    yield _row(f"{what}: letters missing", LETTERS - letters, "letters", 0)
    yield _row(f"{what}: rows after its cancelling", everybody - stopped, "rows left", None)
    yield _row(f"{what}: time", round(seconds, 1), "s", None)


def _files(vendor: str) -> Iterator[dict[str, object]]:
    from bench.homes import home

    with _crew(home(vendor, OUT)) as crew:
        before = crew.ask("handed_over")["letters"]
        begun = time.monotonic()
        crew.ask("take_out")
        ended = _killed_and_done(crew, after=OUT // 10)
        seconds = time.monotonic() - begun
        missing = ended["done"] + 1 - crew.ask("lines_of", ended["file"])  # the heading
        crew.ask("take_out")
        _cancelled(crew, after=OUT // 20)
        letters = crew.ask("handed_over")["letters"] - before
    what = f"export of {ended['done']:,} contacts, worker killed, {vendor}"
    yield _row(f"{what}: lines missing", abs(missing), "lines", 0)
    yield _row(f"{what}: letters missing", LETTERS - letters, "letters", 0)
    yield _row(f"{what}: time", round(seconds, 1), "s", None)


def _killed_and_done(crew: Crew, *, after: int) -> dict[str, Any]:
    crew.wait_until(lambda it: it["state"] == "running" and it["done"] >= after)
    crew.replace_worker()
    return crew.wait_until(lambda it: it["state"] == "done")


def _cancelled(crew: Crew, *, after: int) -> int:
    """Cancel the newest work half-way; how many rows it had done."""
    crew.wait_until(lambda it: it["state"] == "running" and it["done"] >= after)
    crew.ask("cancel")
    return int(crew.wait_until(lambda it: it["state"] == "cancelled")["done"])


@contextmanager
def _crew(environment: Mapping[str, str]) -> Iterator[Crew]:
    crew = Crew(environment)
    try:
        yield crew
    finally:
        crew.close()


def _row(what: str, value: float, unit: str, most: int | None) -> dict[str, object]:
    target = "none of its own" if most is None else f"{most}"
    row = {"id": "V6", "what": what, "value": value, "unit": unit, "target": target}
    return row | {"holds": most is None or value <= most}
