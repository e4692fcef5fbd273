"""V2: whole two-party documents over HTTP, from Send to the sealed file, on a real server.

A child process sets an installation up and plays everybody: it presses *Send*, follows the
links of the messages, enters the codes, and signs for both. The load comes from the same
machine, so it is part of the figure.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx

WARM_UP, DOCUMENTS, AT_ONCE = 4, 40, 8
PATIENCE_SECONDS = 300
_own = threading.local()  # a connection of each person's thread


def measure() -> list[dict[str, object]]:
    """The figures of V2; each process of the installation is a process of its own."""
    with tempfile.TemporaryDirectory(prefix="paraph-v2-") as folder:
        environment = {**os.environ, **_installation(Path(folder))}
        played = subprocess.run(
            [sys.executable, "-m", "bench.v2_envelope"],
            env=environment,
            capture_output=True,
            text=True,
        )
    if played.returncode:
        raise RuntimeError(played.stderr[-2000:])
    found = json.loads(played.stdout.splitlines()[-1])
    return [
        _row("V2.1", "two-party documents over HTTP", found["rate"], "documents/s", 5),
        _row("V2.2", "the same with all jobs after it", found["sustained"], "documents/s", 2),
        _row("V2.3", "last signature to sealed PDF, p50", found["p50"], "s", 1),
        _row("V2.4", "last signature to sealed PDF, p99", found["p99"], "s", 10),
    ]


def _row(name: str, what: str, value: float, unit: str, target: float) -> dict[str, object]:
    is_rate = unit == "documents/s"
    return {
        "id": name,
        "what": what,
        "value": round(value, 2),
        "unit": unit,
        "target": f"{'at least' if is_rate else 'at most'} {target} {unit}",
        "holds": value >= target if is_rate else value <= target,
    }


def _installation(folder: Path) -> dict[str, str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    (folder / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
    return {
        "DJANGO_SETTINGS_MODULE": "paraph.config.settings",
        "PARAPH_DATA": str(folder),
        "PARAPH_KEY_FILE": str(folder / "master.key"),
        "PARAPH_SECRET_KEY": secrets.token_urlsafe(48),
        "PORT": port,
        "PARAPH_URL": f"http://127.0.0.1:{port}",
        "DATABASE_URL": "",
    }


def play() -> dict[str, float]:
    """Set up, serve, and have everybody sign at once; in the child process."""
    import django

    django.setup()
    from paraph.signing.jobs.auditing import AUDITED_AFTER

    logging.disable(logging.WARNING)
    envelopes = _drafts(WARM_UP + DOCUMENTS)
    with _serving(), ThreadPoolExecutor(AT_ONCE) as people:
        alice = _sign_in()
        list(people.map(lambda pk: _walk(alice, pk), envelopes[:WARM_UP]))
        begun = time.monotonic()
        waits = list(people.map(lambda pk: _walk(alice, pk), envelopes[WARM_UP:]))
        sealed = time.monotonic() - begun
        _wait_for(_is_idle)
        # The second look is put off on purpose; that pause is no work.
        done = max(sealed, time.monotonic() - begun - AUDITED_AFTER.total_seconds())
    waits.sort()
    return {
        "rate": DOCUMENTS / sealed,
        "sustained": DOCUMENTS / done,
        "p50": statistics.median(waits),
        "p99": waits[min(len(waits) - 1, int(len(waits) * 0.99))],
    }


def _drafts(count: int) -> list[int]:
    from django.core.management import call_command
    from django.utils import timezone

    from tests import make
    from tests.cast import gather

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    cast = gather()
    return [make.draft(cast, at=timezone.now()).pk for _number in range(count)]


@contextmanager
def _serving() -> Iterator[None]:
    """Run ``paraph serve`` until done."""
    command = [sys.executable, "-m", "paraph.config.cli", "serve"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            _wait_for(_answers)
            yield
        finally:
            server.terminate()


def _answers() -> bool:
    try:
        return httpx.get(_url("/verify/")).status_code == 200
    except httpx.TransportError:
        return False


def _url(path: str) -> str:
    return os.environ["PARAPH_URL"] + path


def _sign_in() -> httpx.Client:
    """Return Alice's browser."""
    from django.urls import reverse

    from tests.cast import PASSWORD

    alice = _browser()
    alice.get(reverse("account_login"))
    _post(alice, reverse("account_login"), login="alice@example.org", password=PASSWORD)
    return alice


def _browser() -> httpx.Client:
    """A browser; without certificates to load, because there is no https here."""
    return httpx.Client(
        base_url=os.environ["PARAPH_URL"], follow_redirects=True, timeout=60, verify=False
    )


def _post(browser: httpx.Client, path: str, **form: str) -> str:
    """Submit a form as the page would; anything but a page is an error."""
    port = os.environ["PORT"]
    form["csrfmiddlewaretoken"] = browser.cookies.get(f"csrf-{port}", path="/") or ""
    answer = browser.post(path, data=form)
    answer.raise_for_status()
    return answer.text


def _walk(alice: httpx.Client, envelope: int) -> float:
    """Take one document from Send to the sealed file; how long the last signature waited."""
    parties = (
        'SELECT id FROM signing_party WHERE envelope_id = ? ORDER BY "group" LIMIT 1 OFFSET ?'
    )
    _post(alice, f"/envelopes/{envelope}/send/")
    _sign(_number(_peek(parties, envelope, 0)))
    pressed = _sign(_number(_peek(parties, envelope, 1)))
    _wait_for(lambda: _is_completed(envelope))
    return time.monotonic() - pressed


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value


def _sign(party: int) -> float:
    """Follow the party's link, prove, fill and sign; the moment at which Sign was pressed."""
    with _browser() as browser:
        way_in = _found(party, "signature_requested", r"/s/[\w-]+/")
        browser.get(way_in)
        _post(browser, f"{way_in}code/")
        desk = _post(
            browser, f"{way_in}enter/", digits=_found(party, "signing_code", r"\b\d{6}\b")
        )
        form = dict(re.findall(r'name="(shown-\d+)" value="(\w+)"', desk))
        for field in re.findall(r'name="typed-(\d+)"', desk):
            form |= {f"how-{field}": "typed", f"typed-{field}": "Signed by hand"}
        pressed = time.monotonic()
        said = _post(browser, f"{way_in}finish/", agree="yes", **form)
        if "signing-form" in said:
            raise RuntimeError("The page did not let the party sign.")
        return pressed


def _found(party: int, kind: str, pattern: str) -> str:
    """Wait for the party's message, and pick out what is looked for."""
    newest = "SELECT text FROM messaging_message WHERE noun = 'party' AND noun_id = ? AND kind = ?"
    _wait_for(lambda: bool(_peek(newest, party, kind)))
    found = re.search(pattern, str(_peek(f"{newest} ORDER BY id DESC", party, kind)))
    assert found
    return found[0]


def _is_completed(envelope: int) -> bool:
    return _peek("SELECT status FROM signing_envelope WHERE id = ?", envelope) == "completed"


def _is_idle() -> bool:
    return _peek("SELECT count(*) FROM kit_job WHERE name NOT LIKE '%sweep%'") == 0


def _peek(question: str, *values: int | str) -> object:
    """Ask the database without the weight of an ORM, so that waiting costs nobody anything."""
    from django.conf import settings

    if not hasattr(_own, "database"):
        _own.database = sqlite3.connect(str(settings.DATABASES["default"]["NAME"]))
    rows = _own.database.execute(question, values).fetchall()
    return rows[0][0] if rows else None


def _wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.04)


if __name__ == "__main__":
    print(json.dumps(play()))
