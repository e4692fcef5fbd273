"""V10: a campaign over PostgreSQL whose worker is killed again and again, to a server that fails.

Nobody gets it twice, nobody is forgotten, and who unsubscribed is never written to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from tests.fakes.stumbling_smtp import stumbling_server

LARGE = os.environ.get("BENCH_LARGE") == "1"
CROWD = int(os.environ.get("BENCH_CROWD", "10000" if LARGE else "300"))
LEFT = 100
KILLS, BETWEEN_SECONDS = 6, 15
PATIENCE_SECONDS = 3600


def measure() -> list[dict[str, object]]:
    """Let a worker send, kill it some times, and count what the mail server took."""
    from bench.homes import database, server

    with (
        tempfile.TemporaryDirectory() as folder,
        database(server()) as address,
        stumbling_server() as sink,
    ):
        environment = _environment(Path(folder), address, sink.port)
        left = _asked("write", environment)["left"]
        killed = _sent(environment)
        told = _asked("tell", environment)
    ledger = sink.ledger
    what = f"campaign to {CROWD:,}, worker killed {killed} times, PostgreSQL"
    return [
        _row(f"{what}: got it twice", sum(number > 1 for number in ledger.values())),
        _row(f"{what}: forgotten", CROWD - told["settled"]),
        _row(f"{what}: said to be sent, and not", len(set(told["sent"]) - set(ledger))),
        _row(f"{what}: written to though unsubscribed", sum(it in ledger for it in left)),
    ]


def _environment(folder: Path, address: str, port: int) -> dict[str, str]:
    (folder / "master.key").write_text(token_hex(32), encoding="ascii")
    return {
        **os.environ,
        "PARAPH_DATA": str(folder),
        "PARAPH_KEY_FILE": str(folder / "master.key"),
        "DATABASE_URL": address,
        "PARAPH_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "PARAPH_STALLED_SECONDS": "6",
        "DJANGO_SETTINGS_MODULE": "paraph.config.settings",
    }


def _sent(environment: Mapping[str, str]) -> int:
    """Work until everybody has had their turn; how many workers were killed on the way."""
    killed, deadline = 0, time.monotonic() + PATIENCE_SECONDS
    worker = _worker(environment)
    try:
        while time.monotonic() < deadline:
            time.sleep(BETWEEN_SECONDS)
            if _asked("tell", environment)["waiting"] == 0:
                return killed
            if killed < KILLS:
                worker.kill()
                worker.wait()
                killed, worker = killed + 1, _worker(environment)
    finally:
        worker.kill()
        worker.wait()
    return killed


def _worker(environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "paraph.config.cli", "worker"]
    return subprocess.Popen(command, env=environment)


def _asked(verb: str, environment: Mapping[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.v10_killed", verb]
    child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return told


def _row(what: str, value: int) -> dict[str, object]:
    row: dict[str, object] = {"id": "V10", "what": what, "value": value, "unit": "people"}
    return row | {"target": "0", "holds": value == 0}


def write() -> dict[str, Any]:
    """Launch a campaign to a crowd of which some have unsubscribed."""
    from django.core.management import call_command

    for words in (["migrate"], ["createcachetable"]):
        call_command(*words, verbosity=0)
    from paraph.campaigns import steps
    from paraph.campaigns.actions.sending import launch_campaign
    from paraph.kit import db
    from tests.campaigns.house import draft
    from tests.campaigns.test_crowd import crowd
    from tests.cast import gather

    cast, at = gather(), datetime.now(UTC)
    segment = crowd(cast, CROWD)
    left = [f"guest{number}@example.org" for number in range(min(LEFT, CROWD // 10))]
    with db.unit_of_work():
        for address in left:
            steps.suppress(address, channel="email", is_their_word=True, at=at)
    launch_campaign(draft(cast, segment, rate=6000), by=cast.alice.actor, at=at)
    return {"left": left}


def tell() -> dict[str, Any]:
    """Count who has had their turn, and name who is said to have got it."""
    from paraph.campaigns.models import Recipient, Result

    rows = Recipient.objects.select_related("message")
    found = [(row.address, row.result) for row in rows.iterator(chunk_size=2000)]
    settled = [result for _to, result in found if result not in (Result.WAITING, Result.QUEUED)]
    sent = [address for address, result in found if result == Result.SENT]
    return {"waiting": CROWD - len(settled), "settled": len(settled), "sent": sent}


VERBS = {"write": write, "tell": tell}

if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(VERBS[sys.argv[1]]()))
