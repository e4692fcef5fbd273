"""V2: a hundred people who sign at the same time, each as people do: they look before they press.

Every step of each is timed over HTTP on a real server; the load comes from the same machine.
They were all written to a while before: what was set in motion by sending has come to its end.
"""

from __future__ import annotations

import json
import logging
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

from .v2_envelope import (
    _browser,
    _drafts,
    _found,
    _installation,
    _is_idle,
    _number,
    _peek,
    _post,
    _serving,
    _sign_in,
    _wait_for,
)

PEOPLE = 100
SHORTEST_LOOK, LONGEST_LOOK = 2.0, 8.0  # seconds between two steps of one person
TARGET_MS = 500
STEPS = ("open", "ask for the code", "enter the code", "see a page", "sign")


def measure() -> list[dict[str, object]]:
    """The slowest step's 95th percentile, and how many steps failed."""
    with tempfile.TemporaryDirectory(prefix="paraph-v2-signers-") as folder:
        environment = {**os.environ, **_installation(Path(folder))}
        command = [sys.executable, "-m", "bench.v2_signers"]
        played = subprocess.run(command, env=environment, capture_output=True, text=True)
    if played.returncode:
        raise RuntimeError(played.stderr[-2000:])
    found = json.loads(played.stdout.splitlines()[-1])
    rows = [
        {
            "id": f"V2.{number}",
            "what": f"{PEOPLE} signers at once, {step}, p95",
            "value": round(found[step]),
            "unit": "ms",
            "target": f"at most {TARGET_MS} ms",
            "holds": found[step] <= TARGET_MS,
        }
        for number, step in enumerate(STEPS, start=5)
    ]
    failed = found["failed"]
    nothing = {"unit": "steps", "target": "none", "holds": failed == 0}
    return [*rows, {"id": "V2.10", "what": "of these, failed", "value": failed, **nothing}]


class Clock:
    """How long each step took, whoever took it."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = {step: [] for step in STEPS}
        self.failed = 0
        self._lock = threading.Lock()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time one step after a look at what lies there."""
        time.sleep(random.uniform(SHORTEST_LOOK, LONGEST_LOOK))
        begun = time.monotonic()
        try:
            yield
        except (httpx.HTTPError, RuntimeError):
            with self._lock:
                self.failed += 1
            raise
        with self._lock:
            self.taken[name].append((time.monotonic() - begun) * 1000)

    def p95(self, name: str) -> float:
        taken = sorted(self.taken[name])
        return taken[min(len(taken) - 1, int(len(taken) * 0.95))] if taken else float("inf")


def play() -> dict[str, float]:
    """Set up, send everything, then let everybody sign at the same time; in the child process."""
    import django

    django.setup()
    logging.disable(logging.WARNING)
    envelopes, clock = _drafts(PEOPLE), Clock()
    with _serving(), ThreadPoolExecutor(PEOPLE) as people:
        alice = _sign_in()
        parties = [_asked(alice, envelope) for envelope in envelopes]
        _wait_for(_is_idle)
        list(people.map(lambda party: _sign(party, clock), parties))
        _wait_for(lambda: _signed() >= PEOPLE - clock.failed)
    return {**{step: clock.p95(step) for step in STEPS}, "failed": clock.failed}


def _asked(alice: httpx.Client, envelope: int) -> int:
    """Send an envelope; who signs it first has been written to when this returns."""
    _post(alice, f"/envelopes/{envelope}/send/")
    first = 'SELECT id FROM signing_party WHERE envelope_id = ? ORDER BY "group" LIMIT 1'
    party = _number(_peek(first, envelope))
    _found(party, "signature_requested", r"/s/[\w-]+/")
    return party


def _signed() -> int:
    return _number(_peek("SELECT count(*) FROM signing_party WHERE signed_at IS NOT NULL"))


def _sign(party: int, clock: Clock) -> None:
    try:
        with _browser() as browser:
            _take_every_step(browser, party, clock)
    except (httpx.HTTPError, RuntimeError):
        return  # counted by the clock


def _take_every_step(browser: httpx.Client, party: int, clock: Clock) -> None:
    way_in = _found(party, "signature_requested", r"/s/[\w-]+/")
    with clock.step("open"):
        browser.get(way_in).raise_for_status()
    with clock.step("ask for the code"):
        _post(browser, f"{way_in}code/")
    digits = _found(party, "signing_code", r"\b\d{6}\b")
    with clock.step("enter the code"):
        desk = _post(browser, f"{way_in}enter/", digits=digits)
    with clock.step("see a page"):
        shown = re.search(rf"{way_in}pages/\d+/1/", desk)
        browser.get(shown[0] if shown else way_in).raise_for_status()
    form = dict(re.findall(r'name="(shown-\d+)" value="(\w+)"', desk))
    for field in re.findall(r'name="typed-(\d+)"', desk):
        form |= {f"how-{field}": "typed", f"typed-{field}": "Signed by hand"}
    with clock.step("sign"):
        if "signing-form" in _post(browser, f"{way_in}finish/", agree="yes", **form):
            raise RuntimeError("The page did not let the party sign.")


if __name__ == "__main__":
    print(json.dumps(play()))
