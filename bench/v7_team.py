"""V7: the team's figures of fifty thousand documents, three parties each, over a year."""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

SIZE = int(os.environ.get("BENCH_TEAM", "50000"))
MOST_MS = 300
ROUNDS = 7


def measure() -> Iterator[Mapping[str, object]]:
    """Measure on SQLite, and on PostgreSQL where ``TEST_DATABASE_URL`` names an empty one.

    ``PARAPH_BENCH_TEAM`` names a data folder for SQLite that is kept: full the next time.
    """
    databases = {"SQLite": "", "PostgreSQL": os.environ.get("TEST_DATABASE_URL", "")}
    for name, url in databases.items():
        if name == "SQLite" or url:
            for weeks, took in _measured(url).items():
                yield {
                    "id": "V7",
                    "what": f"team figures of {SIZE:,} documents, {weeks} weeks, {name}",
                    "value": took,
                    "unit": "ms",
                    "target": f"{MOST_MS} ms",
                    "holds": took <= MOST_MS,
                }


def _measured(url: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="paraph-v7-") as passing:
        folder = Path(passing if url else os.environ.get("PARAPH_BENCH_TEAM", passing))
        key = folder / "master.key"
        if not key.exists():
            key.write_text(secrets.token_hex(32), encoding="ascii")
        own = {"DJANGO_SETTINGS_MODULE": "paraph.config.settings", "PARAPH_DATA": str(folder)}
        own |= {"PARAPH_KEY_FILE": str(key), "DATABASE_URL": url}
        done = subprocess.run(
            [sys.executable, "-m", "bench.v7_team"],
            env={**os.environ, **own},
            capture_output=True,
            text=True,
        )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def count() -> dict[str, float]:
    """Fill an installation that is new, and return the median time for each length of period."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from bench.tables import settle
    from paraph.board.figures.team import WEEKS, Choice, team_of
    from paraph.people.models import Employee
    from tests import cast
    from tests.board import crowd
    from tests.moments import NOON

    settings.PARAPH_JOBS = "inline"
    call_command("migrate", verbosity=0)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")  # nothing of this is kept
    if not Employee.objects.exists():
        crowd.fill(cast.gather(), SIZE, employees=50, seed=7)
        settle()
    olga, found = Employee.objects.get(email="olga@example.org"), {}
    for weeks in WEEKS:
        times = []
        for _round in range(ROUNDS):
            begun = time.perf_counter()
            team_of(olga, Choice(weeks=weeks), at=NOON)
            times.append(1000 * (time.perf_counter() - begun))
        found[str(weeks)] = round(statistics.median(times), 1)
    return found


if __name__ == "__main__":
    print(json.dumps(count()))
