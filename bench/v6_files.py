"""V6: contacts out to files and in from them: memory and time, on both databases."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

LARGE = os.environ.get("BENCH_LARGE") == "1"
OUT = int(os.environ.get("BENCH_OUT", "1000000" if LARGE else "50000"))
IN = int(os.environ.get("BENCH_IN", "100000" if LARGE else "5000"))
MOST_MEBIBYTES, LEAST_ROWS = 150, 1_700
VENDORS = os.environ.get("BENCH_VENDORS", "sqlite postgresql").split()


def measure() -> Iterator[dict[str, object]]:
    """The figures of V6, each taken in a process of its own."""
    for vendor in VENDORS:
        yield from _of(vendor)


def _of(vendor: str) -> Iterator[dict[str, object]]:
    from bench.homes import home

    full = home(vendor, OUT)
    for format in ("csv", "xlsx"):
        told = _told("export", format, environment=full)
        what = f"export of {told['rows']:,} contacts to {format.upper()}, {vendor}"
        yield _row(
            f"{what}: memory",
            told["memory"],
            "MiB",
            f"≤ {MOST_MEBIBYTES}",
            holds=told["memory"] <= MOST_MEBIBYTES,
        )
        yield _row(f"{what}: time", told["seconds"], "s", "none of its own", holds=True)
    told = _told("import", str(IN), environment=home(vendor, 10, purpose="V6 import"))
    for name, seconds in (("import", told["bring"]), ("its check before", told["check"])):
        rate = IN / seconds
        target = f"≥ {LEAST_ROWS:,}" if name == "import" else "none of its own"
        holds = rate >= LEAST_ROWS or name != "import"
        yield _row(f"{name}, {IN:,} rows of CSV, {vendor}", rate, "rows/s", target, holds=holds)


def _row(what: str, value: float, unit: str, target: str, *, holds: bool) -> dict[str, object]:
    figure = round(value, 1)
    return {
        "id": "V6", "what": what, "value": figure, "unit": unit, "target": target, "holds": holds
    }  # fmt: skip


def _told(*words: str, environment: Mapping[str, str]) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.v6_files", *words]
    answer = subprocess.run(command, env=dict(environment), check=True, capture_output=True)
    told: dict[str, float] = json.loads(answer.stdout.splitlines()[-1])
    return told


def export(format: str) -> dict[str, float]:
    """Write everything into the void, as the worker does into a file."""
    from paraph.contacts.exporting.writing import write_contacts
    from paraph.people.models import Employee

    olga = Employee.objects.get(email="olga@example.org")
    rows: list[int] = []
    begun = time.perf_counter()
    with open(os.devnull, "wb") as file:
        write_contacts(file, owner=olga, given={"format": format}, tick=rows.append)
    return {
        "rows": rows[-1],
        "seconds": time.perf_counter() - begun,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def bring_in(rows: str) -> dict[str, float]:
    """Check and import a file whose people, phones, addresses and companies are all different."""
    from paraph.contacts.importing.actions import begin_import, choose_columns
    from paraph.contacts.importing.intake import take_in
    from paraph.people.models import Employee

    alice = Employee.objects.get(email="alice@example.org")
    found = take_in("\n".join(_lines(int(rows))).encode())
    given = begin_import(found, file_name="crowd.csv", owner=alice, at=_now())
    choose_columns(
        given,
        columns=given.columns,
        has_heading=True,
        duplicates="skip",
        defaults={"country": "FR"},
    )
    check = _worked("contacts.import-check", given.pk, alice)
    return {"check": check, "bring": _worked("contacts.import", given.pk, alice)}


def _lines(count: int) -> Iterator[str]:
    yield "Nom;Prénom;Téléphone;Courriel;Société;Fonction;Commentaire"
    for number in range(count):
        yield (
            f"Lefèvre{number % 977};Zoé{number % 31};06 {number:08d};z{number}@crowd.example;"
            f"Société {number % 500};Responsable des achats;Rencontrée au salon"
        )


def _worked(kind: str, number: int, owner: Any) -> float:
    """Let long work run to its end as a worker lets it; its seconds."""
    from paraph.batches.actions import advance_batch, begin_batch

    batch = begin_batch(kind, given={"import": number}, total=IN, owner=owner, at=_now())
    begun = time.perf_counter()
    while advance_batch(batch, at=_now()):
        pass
    return time.perf_counter() - begun


def _now() -> datetime:
    return datetime.now(UTC)


VERBS: dict[str, Callable[[str], dict[str, float]]] = {"export": export, "import": bring_in}

if __name__ == "__main__":
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    print(json.dumps(VERBS[sys.argv[1]](sys.argv[2])))
