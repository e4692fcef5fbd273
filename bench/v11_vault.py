"""V11 of the vault: as many queries for a hundred thousand signed files as for twenty-five, and
how long its list and the search in their words take, on both databases."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

LARGE = os.environ.get("BENCH_LARGE") == "1"
SMALL, SIZE = 25, int(os.environ.get("BENCH_SIGNED", "100000" if LARGE else "250"))
VENDORS = os.environ.get("BENCH_VENDORS", "sqlite postgresql" if LARGE else "sqlite").split()
TIMES = 20
MOST_P50 = 50
MOST_P95 = {"sqlite": 200, "postgresql": 120}
PAGES = {
    "list": "/vault/?all=1",
    "one class": "/vault/?all=1&class=contract",
    "by client": "/vault/?all=1&sort=client",
    "a rare word": "/vault/?all=1&q=quetzalcoatl",
    "a word of many files": "/vault/?all=1&q=w7",
    "two words": "/vault/?all=1&q=w3+w19",
    "a word of nearly all": "/vault/?all=1&q=contract",
    "a word beginning so": "/vault/?all=1&q=quetz",
}


def measure() -> Iterator[dict[str, object]]:
    """The difference in queries between the sizes, and at the large one the times."""
    for vendor in VENDORS:
        yield from _of(vendor)


def _of(vendor: str) -> list[dict[str, object]]:
    few, many = (_asked(_home(vendor, size)) for size in (SMALL, SIZE))
    rows = []
    for name, times in many.items():
        more = times["queries"] - few[name]["queries"]
        what = f"vault, {name}, {SIZE:,} signed files, {vendor}"
        told = {"id": "V11", "what": f"{what}: queries", "value": more, "unit": "more"}
        rows.append(told | {"target": f"0 more than for {SMALL}", "holds": more == 0})
        for part, most in (("p50", MOST_P50), ("p95", MOST_P95[vendor])):
            told = {"id": "V11", "what": f"{what}: {part}", "value": times[part], "unit": "ms"}
            rows.append(told | {"target": f"≤ {most}", "holds": times[part] <= most})
    return rows


def _home(vendor: str, size: int) -> Mapping[str, str]:
    """Return an installation with so many; ``PARAPH_BENCH_SIGNED_…`` names one that is full."""
    from bench.homes import home

    ready = os.environ.get(f"PARAPH_BENCH_SIGNED_{vendor.upper()}")
    if ready and size == SIZE:
        key = {"PARAPH_KEY_FILE": str(Path(ready) / "master.key")} if vendor == "sqlite" else {}
        place = "PARAPH_DATA" if vendor == "sqlite" else "DATABASE_URL"
        return {**os.environ, "DATABASE_URL": "", place: ready, **key}
    empty = home(vendor, 0, purpose=f"V11 vault {size}")
    shelf = [sys.executable, "-m", "bench.shelf", "words", str(size)]
    subprocess.run(shelf, env=dict(empty), check=True, capture_output=True)
    return empty


def _asked(environment: Mapping[str, str]) -> Mapping[str, Mapping[str, float]]:
    command = [sys.executable, "-m", "bench.v11_vault"]
    answer = subprocess.run(command, env=dict(environment), check=True, capture_output=True)
    told: Mapping[str, Mapping[str, float]] = json.loads(answer.stdout.splitlines()[-1])
    return told


def ask() -> dict[str, dict[str, float]]:
    """Open each page often, as one who sees everything."""
    from django.test import Client

    from paraph.people.models import Employee

    client = Client(headers={"host": "localhost"})
    client.force_login(Employee.objects.get(email="olga@example.org"))
    return {name: _opened(client, address) for name, address in PAGES.items()}


def _opened(client: object, address: str) -> dict[str, float]:
    from bench.v11_queries import queries_of

    queries, times = queries_of(client, address), []
    for _time in range(TIMES):
        begun = time.perf_counter()
        client.get(address)  # type: ignore[attr-defined]  # Django's test client
        times.append(1000 * (time.perf_counter() - begun))
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return {
        "queries": queries,
        "p50": round(statistics.median(times), 1),
        "p95": round(cuts[-1], 1),
    }


if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    print(json.dumps(ask()))
