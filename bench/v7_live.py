"""Boards that are open: what a hundred cost while nothing happens, and how soon a signature shows.

One real server; a hundred boards ask over connections of their own, and two are real browsers.
"""

from __future__ import annotations

import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
django.setup()

from playwright.sync_api import Browser, Locator, expect, sync_playwright  # noqa: E402  # after the set-up

from tests.journeys import signing  # noqa: E402
from tests.journeys.installation import Running, running  # noqa: E402
from tests.journeys.people import DESKTOP, Postbox, Visitor, sign_in, visitor  # noqa: E402

FRANK = "+33612345601"
BOARDS, EVERY_SECONDS = 100, 1.0
WATCHED_SECONDS = 20
MOST_OF_A_CORE, MOST_SECONDS = 15, 2
SIGNATURES = 5
TICKS = os.sysconf("SC_CLK_TCK")


def measure() -> Iterator[Mapping[str, object]]:
    """Measure both on one server."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as paraph:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox"]
            )
            seconds = _seen_after(browser, paraph, Path(folder))
            address = _asked_by(browser, paraph)
            browser.close()
        alone = _busy(paraph)
        with _open_boards(paraph, address) as asked:
            busy = _busy(paraph)
    each = f"{busy - alone:.1f} more than without them; {len(asked)} answers"
    yield _row(f"server with {BOARDS} open boards ({each})", busy, "% of a core", MOST_OF_A_CORE)
    yield _row(
        f"a signature shows on another board, the slowest of {SIGNATURES}",
        seconds,
        "s",
        MOST_SECONDS,
    )


def _row(what: str, value: float, unit: str, most: float) -> dict[str, object]:
    row = {"id": "V7", "what": what, "value": round(value, 2), "unit": unit}
    return row | {"target": f"less than {most} {unit}", "holds": value < most}


def _seen_after(browser: Browser, paraph: Running, folder: Path) -> float:
    """Let Frank sign in one browser; return after how many seconds Alice's board had moved the
    card at the latest, from the press of *Sign*: the sealing of his signature is in it."""
    olga, alice, frank = (visitor(browser, paraph, DESKTOP) for _person in range(3))
    sign_in(olga, "olga")
    sign_in(alice, "alice")
    alice.goto("/board/?all=1")
    post = Postbox(olga)
    for number in range(SIGNATURES):
        paraph.does("send", _title(number))
    return max(_moved(frank, alice, post, _title(number), folder) for number in range(SIGNATURES))


def _title(number: int) -> str:
    return f"Seen at once, {number}"


def _moved(frank: Visitor, alice: Visitor, post: Postbox, title: str, folder: Path) -> float:
    expect(_card(alice, "With the client", title)).to_be_visible()
    signing.prove(frank, post, at=FRANK, about=title)
    signing.fill(frank, folder)
    frank.page.locator("#agree").check()
    begun = time.monotonic()
    frank.press("Sign")
    _card(alice, "With us", title).wait_for(timeout=60_000)
    return time.monotonic() - begun


def _card(person: Visitor, column: str, title: str) -> Locator:
    region = person.page.get_by_role("region", name=column, exact=True)
    return region.locator(".board-card", has_text=title)


def _asked_by(browser: Browser, paraph: Running) -> str:
    """Return what a board asks while nothing happens."""
    alice = visitor(browser, paraph, DESKTOP)
    sign_in(alice, "alice")
    page = alice.read("/board/?all=1")
    found = [re.search(rf'data-{name}="([^"]+)"', page) for name in ("pulse", "version")]
    pulse, version = (it[1] for it in found if it)
    return f"{pulse}?seen={version}"


@contextmanager
def _open_boards(paraph: Running, address: str) -> Iterator[list[int]]:
    """Let all boards ask, each over its own connection, evenly apart."""
    asked: list[int] = []
    ended = Event()
    thread = Thread(target=_ask, args=(urlsplit(paraph.url).netloc, address, asked, ended))
    thread.start()
    time.sleep(2)
    try:
        yield asked
    finally:
        ended.set()
        thread.join()
    if set(asked) != {204}:
        raise RuntimeError(f"Something happened: {set(asked)}")


def _ask(server: str, address: str, asked: list[int], ended: Event) -> None:
    boards = [HTTPConnection(server) for _board in range(BOARDS)]
    due = time.monotonic()
    while not ended.is_set():
        for board in boards:
            due += EVERY_SECONDS / BOARDS
            time.sleep(max(0, due - time.monotonic()))
            board.request("GET", address)
            answer = board.getresponse()
            answer.read()
            asked.append(answer.status)


def _busy(paraph: Running) -> float:
    """Return how much of a core the server's processes take over some seconds, in percent."""
    before, begun = _ticks(paraph), time.monotonic()
    time.sleep(WATCHED_SECONDS)
    return 100 * (_ticks(paraph) - before) / TICKS / (time.monotonic() - begun)


def _ticks(paraph: Running) -> int:
    """Add up the CPU time of every process of this installation but the one that runs scripts."""
    mark = f"PARAPH_DATA={paraph.env['PARAPH_DATA']}\0".encode()
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark not in (process / "environ").read_bytes():
                continue
            if b"tests.journeys" in (process / "cmdline").read_bytes():
                continue
            fields = (process / "stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        total += int(fields[11]) + int(fields[12])
    return total


if __name__ == "__main__":
    for figure in measure():
        print(figure["what"], figure["value"], figure["unit"], figure["holds"])
