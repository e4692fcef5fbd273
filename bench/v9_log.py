"""V9: how fast a public log of a million entries is verified in full, and a proof is made.

The log is written straight into an SQLite installation that is thrown away afterwards; what is
measured are the product's own publishing, verifying and proving. Large: ten million entries as
well, and twenty random changes of the million, each of which must be found and named.
"""

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import django
from django.core.management import call_command

SMALL, LARGE = 1_000_000, 10_000_000
AT_ONCE = 50_000
PROOFS = 200
TAMPERED = 20
BEGUN_AT = datetime(2026, 1, 1, tzinfo=UTC)
Figures = dict[str, float]


def measure() -> Iterator[dict[str, object]]:
    """Measure each size in a process of its own."""
    if os.environ.get("BENCH_LARGE") != "1":
        return (yield from _rows(SMALL, _told(SMALL, changes=0)))
    told = _told(SMALL, changes=TAMPERED)
    yield from _rows(SMALL, told)
    what = f"of {TAMPERED} random changes of {SMALL:,} entries found and named"
    yield _row("V9.4", what, told["found"], "", TAMPERED, most=False)
    yield from _rows(LARGE, _told(LARGE, changes=0))


def _told(size: int, *, changes: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PARAPH_DATA": folder, "DATABASE_URL": ""}
        environment["PARAPH_KEY_FILE"] = f"{folder}/master.key"
        environment["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
        command = [sys.executable, "-m", "bench.v9_log", str(size), str(changes)]
        child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    told: Figures = json.loads(child.stdout.splitlines()[-1])
    return told


def _rows(size: int, told: Figures) -> Iterator[dict[str, object]]:
    of = f"{size:,} entries"
    yield _row("V9.1", f"verify all of {of}", told["verified"], "entries/s", 85_000, most=False)
    yield _row("V9.2", f"prove one of {of}, median", told["proof"], "ms", 5)
    yield _row("V9.3", f"publish {of}", told["published"], "entries/s", None)


def _row(
    identity: str, what: str, value: float, unit: str, target: float | None, *, most: bool = True
) -> dict[str, object]:
    holds = target is None or (value <= target if most else value >= target)
    return {
        "id": identity,
        "what": what,
        "value": round(value, 2),
        "unit": unit,
        "target": "" if target is None else f"{'' if most else '≥ '}{target:,}",
        "holds": holds,
    }


def _measure(size: int, changes: int) -> Figures:
    django.setup()
    call_command("migrate", verbosity=0)
    _begin(size)
    from paraph.journal.log.publishing import keep_log
    from paraph.journal.log.verifying import verify_log

    published = _seconds(lambda: keep_log(at=BEGUN_AT))
    verified = _seconds(lambda: _expect(verify_log(), []))
    return {
        "published": size / published,
        "verified": size / verified,
        "proof": statistics.median(_proofs(size)),
        "found": sum(_tampered(size, changes)),
    }


def _begin(size: int) -> None:
    """Write a log of this size, all but published, the way years of signing would."""
    from django.conf import settings

    from paraph.journal.log.sequencing import open_shard
    from paraph.journal.models import LogShard

    settings.PARAPH_KEY_FILE.write_text(os.urandom(32).hex(), encoding="ascii")
    shard = open_shard(at=BEGUN_AT)
    for first in range(1, size, AT_ONCE):
        _fill(shard, range(first, min(first + AT_ONCE, size)))
    LogShard.objects.update(size=size)


def _fill(shard: Any, indexes: range) -> None:
    """Write rows as the models do, without making each an object first."""
    from django.db import connection, transaction

    from paraph.journal.models import commitment

    told = {index: (_canonical(index), sha256(b"%d" % index).digest()) for index in indexes}
    facts = [
        (index + 1, "party.signed", _written(index), "system", commitment(text, salt=salt))
        for index, (text, salt) in told.items()
    ]
    payloads = [(index + 1, salt, text) for index, (text, salt) in told.items()]
    entries = [(index + 1, shard.pk, index) for index in indexes]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO journal_fact (id, event, at, actor_kind, commitment)"
            " VALUES (%s, %s, %s, %s, %s)",
            facts,
        )
        cursor.executemany(
            "INSERT INTO journal_payload (fact_id, salt, canonical) VALUES (%s, %s, %s)", payloads
        )
        cursor.executemany(
            'INSERT INTO journal_logentry (fact_id, shard_id, "index") VALUES (%s, %s, %s)',
            entries,
        )


def _written(index: int) -> str:
    """Return a moment as SQLite keeps it."""
    return str((BEGUN_AT + timedelta(seconds=index)).replace(tzinfo=None))


def _canonical(index: int) -> str:
    """Return a payload as long as those of acts are."""
    at = BEGUN_AT + timedelta(seconds=index)
    moment = at.isoformat(timespec="microseconds").replace("+00:00", "Z")
    facts = f'{{"envelope_id":{index},"party":"Erin Lindqvist","sha256":"{"0" * 200}"}}'
    return (
        f'{{"actor":{{"id":null,"kind":"system","name":"Paraph"}},"at":"{moment}",'
        f'"event":"party.signed","facts":{facts}}}'
    )


def _proofs(size: int) -> Iterator[float]:
    """Prove single entries from a cold start each; milliseconds."""
    from paraph.journal.log.publishing import proofs_of
    from paraph.journal.models import Fact, LogCheckpoint

    checkpoint = LogCheckpoint.objects.select_related("shard").get()
    for index in random.Random(9).sample(range(size), PROOFS):
        fact = Fact.objects.get(entry__index=index)
        begun = time.perf_counter()
        assert proofs_of([fact], under=checkpoint)
        yield 1000 * (time.perf_counter() - begun)


def _tampered(size: int, changes: int) -> Iterator[bool]:
    """Change one entry at a time, as an administrator could, and look whether it is named."""
    from tests.append_only import growing_tables
    from tests.journal.log.tampering import ROWS, found_after

    growing_tables(are_locked=False)
    for number, index in enumerate(random.Random(7).sample(range(1, size - 1), changes)):
        yield found_after(ROWS[number % len(ROWS)], (0, index))[:1] == [(0, index)]


def _expect(found: object, expected: object) -> None:
    assert found == expected, found


def _seconds(task: Callable[[], object]) -> float:
    begun = time.perf_counter()
    task()
    return time.perf_counter() - begun


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]), int(sys.argv[2]))))
