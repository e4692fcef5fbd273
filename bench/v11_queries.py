"""V11: every list asks the database as often for ten thousand rows as for twenty-five."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

SIZES = (25, 100, 10_000)
LISTS = {
    "/contacts/?all=1": "contacts",
    "/contacts/?all=1&q=frank": "contacts",
    "/contacts/?all=1&type=client": "contacts",
    "/companies/?all=1": "companies",
    "/deals/list/?all=1": "deals",
    "/deals/": "deals",
    "/campaigns/?all=1": "campaigns",
    "/campaigns/segments/?all=1": "campaigns",
    "/documents/": "documents",
    "/envelopes/": "envelopes",
    "/board/": "envelopes",
    "/calendar/": "envelopes",
    "/team/": "envelopes",
    "/mailbox/": "messages",
}


def measure() -> Iterator[Mapping[str, object]]:
    """Count the queries of each list at each size, and with a million contacts when asked."""
    with tempfile.TemporaryDirectory(prefix="paraph-v11-") as folder:
        counts = _counted(Path(folder))
    if os.environ.get("BENCH_LARGE") == "1":
        from bench import v5_contacts

        counts = {"/contacts/ (10,000 and 1,000,000)": _of_a_million(v5_contacts)}
    for address, queries in counts.items():
        yield {
            "id": "V11",
            "what": f"queries of {address}: {', '.join(map(str, queries))}",
            "value": max(queries) - min(queries),
            "unit": "more",
            "target": "0 more",
            "holds": max(queries) == min(queries),
        }


def _of_a_million(v5: object) -> list[int]:
    asked = v5.asked  # type: ignore[attr-defined]  # the module beside this one
    return [asked(os.environ, "SQLite", size)["queries"] for size in (10_000, 1_000_000)]


def _counted(folder: Path) -> dict[str, list[int]]:
    (folder / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
    own = {"DJANGO_SETTINGS_MODULE": "paraph.config.settings", "PARAPH_DATA": str(folder)}
    own |= {"PARAPH_KEY_FILE": str(folder / "master.key"), "DATABASE_URL": ""}
    own |= {"PARAPH_URL": "http://testserver"}
    done = subprocess.run(
        [sys.executable, "-m", "bench.v11_queries"],
        env={**os.environ, **own},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, list[int]] = json.loads(done.stdout.splitlines()[-1])
    return found


def count() -> dict[str, list[int]]:
    """Fill a new installation to each size, and count what each list asks."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from tests import cast
    from tests.desk import crowd

    settings.PARAPH_JOBS = "inline"
    call_command("migrate", verbosity=0)
    connection.cursor().execute("PRAGMA synchronous=OFF")  # nothing of this is kept
    people, client = cast.gather(), Client()
    client.force_login(people.olga)
    found: dict[str, list[int]] = {address: [] for address in LISTS}
    there = 0
    for size in SIZES:
        for name in dict.fromkeys(LISTS.values()):
            getattr(crowd, name)(people, size - there)
        there = size
        for address in LISTS:
            found[address].append(queries_of(client, address))
    return found


def queries_of(client: object, address: str) -> int:
    """Return how often a page asks the database when it was opened before.

    The fewest of two: now and then a session notes when it was last used.
    """
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    get = client.get  # type: ignore[attr-defined]  # Django's test client
    get(address)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            if get(address).status_code != 200:
                raise RuntimeError(address)
        counts.append(len(asked))
    return min(counts)


if __name__ == "__main__":
    print(json.dumps(count()))
