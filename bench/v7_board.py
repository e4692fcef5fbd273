"""V7: the board with a million documents, whole page on the server, beside twenty; and a move.

Each pile is made once and kept, as V5 keeps its directories (``PARAPH_BENCH`` names the folder).
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from statistics import quantiles
from typing import Any

from bench.v5_contacts import FOLDER, HERE, _database, _served

SMALL, LARGE = 20, int(os.environ.get("BENCH_DOCUMENTS", "1000000"))
ROUNDS = MOVES = int(os.environ.get("BENCH_ROUNDS", "40"))
WARM = 3
"""So many of each come before: a process that is new writes its questions down."""
OPEN_MS, MOVE_MS = 200, 50
PEOPLE = {
    "everything": "olga@example.org",
    "own, few": "alice@example.org",
    "own, many": "e40@example.org",
    "a department": "e0@example.org",
}
PATHS = {
    "following": "/board/changes/?seen={seen}",
    "search": "/board/?q=wojcik",
    "search, common and far behind": "/board/?q=rahmenvertrag",
}
HTMX = {"HX-Request": "true"}


def measure() -> Iterator[Mapping[str, object]]:
    """Open the board as people of different reach, follow it, and move cards."""
    for database in ("SQLite", "PostgreSQL"):
        with _served(database) as environment:
            few, many = (asked(environment, database, size) for size in (SMALL, LARGE))
        for kind, (p50, p95) in many["times"].items():
            most = MOVE_MS if kind == "move" else OPEN_MS
            yield _row(f"{database}, {kind}, p95 (p50 {p50:.0f})", p95, "ms", most)
        yield _row(f"{database}, rows of envelopes updated by a move", many["rows"], "", 1)
        more = abs(many["queries"] - few["queries"])
        said = f"{database}, queries of /board/ at {SMALL} and {LARGE:,}: {few['queries']}"
        yield _row(f"{said}, {many['queries']}", more, "more", 0) | {"id": "V11"}


def _row(what: str, value: float, unit: str, most: float) -> dict[str, object]:
    target = f"at most {most} {unit}".strip()
    row = {"id": "V7", "what": what, "value": round(value, 2), "unit": unit, "target": target}
    return row | {"holds": value <= most}


def asked(environment: Mapping[str, str], database: str, size: int) -> Any:
    """Let a process of its own fill the database, where it is empty, and ask it."""
    own = {**environment} | _installation(environment, database, size)
    command = [sys.executable, "-m", "bench.v7_board", str(size)]
    done = subprocess.run(command, env=own, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def _installation(environment: Mapping[str, str], database: str, size: int) -> dict[str, str]:
    """Return where one pile is kept; other tables or another pile make it anew."""
    sources = [HERE / name for name in ("pile.py", "papers.py", "tables.py")]
    sources += sorted(Path("paraph").glob("*/migrations/0*.py"))
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
    name = f"pile_{size}_{mark}"
    folder = FOLDER / f"{database.lower()}-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    own = {"DJANGO_SETTINGS_MODULE": "paraph.config.settings", "PARAPH_DATA": str(folder)}
    own |= {"DATABASE_URL": "", "PARAPH_URL": "http://testserver", "PARAPH_KEY_FILE": ""}
    if server := environment.get("BENCH_POSTGRES"):
        own["DATABASE_URL"] = _database(server, name)
    return own


def ready(size: int) -> None:
    """Fill the database unless it is filled already."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import pile
    from paraph.board.actions.arranging import begin_with_the_usual
    from paraph.signing.models import Envelope

    call_command("migrate", verbosity=0)
    if not Envelope.objects.exists():
        pile.fill(size, tell=lambda words: print(words, file=sys.stderr))
    begin_with_the_usual()


def ask_large() -> dict[str, Any]:
    """Return p50 and p95 of each kind in milliseconds, and what was counted on the way."""
    times = {name: _opened(email) for name, email in PEOPLE.items()}
    times |= {name: _opened(PEOPLE["everything"], path) for name, path in PATHS.items()}
    moves, rows = _moved()
    return {"times": times | {"move": moves}, "rows": rows} | ask_small()


def ask_small() -> dict[str, Any]:
    """Return how many questions the whole board asks."""
    return {"queries": _queries()}


def _client(email: str) -> Any:
    from django.test import Client

    from paraph.people.models import Employee

    client = Client()
    client.force_login(Employee.objects.get(email=email))
    return client


def _opened(email: str, path: str = "/board/?all=1") -> list[float]:
    from paraph.board.pulse import pulse

    client, taken = _client(email), []
    address = path.format(seen=pulse())
    for _round in range(ROUNDS + WARM):
        begun = time.perf_counter()
        answer = client.get(address, headers=HTMX if "changes" in path else {})
        taken.append((time.perf_counter() - begun) * 1000)
        if answer.status_code not in (200, 204):
            raise RuntimeError(f"{address}: {answer.status_code}")
    return _cut(taken[WARM:])


def _moved() -> tuple[list[float], int]:
    """Cancel what travels; return how long it takes, and how many envelopes are written."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from paraph.signing.models import Envelope, Standing

    client, taken, most = _client(PEOPLE["everything"]), [], 0
    rows = Envelope.objects.filter(standing=Standing.WITH_CLIENT)
    for pk in list(rows.values_list("pk", flat=True)[: MOVES + WARM]):
        with CaptureQueriesContext(connection) as asked:
            begun = time.perf_counter()
            answer = client.post(f"/board/cards/{pk}/cancel/", {"reason": ""}, headers=HTMX)
            taken.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 204:
            raise RuntimeError(f"{pk}: {answer.status_code}")
        written = [it["sql"] for it in asked if it["sql"].startswith('UPDATE "signing_envelope"')]
        most = max(most, len({sql.partition(" WHERE ")[2] for sql in written}))
    return _cut(taken[WARM:]), most


def _queries() -> int:
    from bench.v11_queries import queries_of

    return int(queries_of(_client(PEOPLE["everything"]), "/board/?all=1"))


def _cut(taken: list[float]) -> list[float]:
    cut = quantiles(taken, n=20) if len(taken) > 1 else [taken[0]] * 19
    return [cut[9], cut[18]]


if __name__ == "__main__":
    documents = int(sys.argv[1])
    ready(documents)
    print(json.dumps(ask_small() if documents <= SMALL else ask_large()))
