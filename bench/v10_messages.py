"""V10: a campaign to 10,000 contacts through a mail server that fails, and codes that overtake it.

The server is a local one with a ledger of its own; one mail in twenty fails in one of four ways.
While the mailing waits, a code is written every half second; what counts is when it arrives.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any

import django
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.management import call_command

from tests.fakes.stumbling_smtp import StumblingServer, stumbling_server

CROWD = 10_000
LEFT = 100
PAUSE_SECONDS = 0.5
PATIENCE_SECONDS = 1200


@dataclass
class Sink(StumblingServer):
    """Fails for the mailing only, and notes when each code came."""

    codes: dict[str, float] = field(default_factory=dict)

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        [address] = envelope.rcpt_tos
        if address.startswith("code"):
            self.codes[address] = time.time()
            return "250 OK"
        return await super().handle_DATA(server, session, envelope)


def measure() -> list[dict[str, object]]:
    """Measure in a process of its own; the mail server stays in this one."""
    size = int(os.environ.get("BENCH_CROWD", CROWD))
    with tempfile.TemporaryDirectory() as folder, stumbling_server(make=Sink) as sink:
        assert isinstance(sink, Sink)
        told = _told(Path(folder), sink.port, size)
        waits = [sink.codes[it] - at for it, at in told["codes"].items() if it in sink.codes]
        ledger = sink.ledger
    twice = sum(number > 1 for number in ledger.values())
    forgotten = told["members"] - told["settled"]
    unwanted = sum(address in ledger for address in told["left"])
    late = statistics.quantiles(waits, n=20)[-1]
    return [
        _row("V10.1", f"a mailing to {size:,} handed over", told["rate"], "/s", 100, most=False),
        _row("V10.2", "a code beside it, 95th percentile", late, "s", 2),
        _row("V10.3", "got it twice", twice, "people", 0),
        _row("V10.4", "forgotten", forgotten, "people", 0),
        _row("V10.5", "written to though unsubscribed", unwanted, "people", 0),
    ]


def _row(
    identity: str, what: str, value: float, unit: str, target: float, *, most: bool = True
) -> dict[str, object]:
    return {
        "id": identity,
        "what": what,
        "value": round(value, 2),
        "unit": unit,
        "target": f"{'' if most else '≥ '}{target:,}",
        "holds": value <= target if most else value >= target,
    }


def _told(folder: Path, port: int, size: int) -> dict[str, Any]:
    (folder / "master.key").write_text(token_hex(32), encoding="ascii")
    environment = {
        **os.environ,
        "PARAPH_DATA": str(folder),
        "PARAPH_KEY_FILE": str(folder / "master.key"),
        "DATABASE_URL": "",
        "PARAPH_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "paraph.config.settings",
    }
    command = [sys.executable, "-m", "bench.v10_messages", str(size)]
    child = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    told: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return told


def _measure(size: int) -> dict[str, Any]:
    django.setup()
    for words in (["migrate"], ["createcachetable"]):
        call_command(*words, verbosity=0)
    from paraph.kit.runner import Runner
    from paraph.messaging.models import Message, MessageState

    campaign, left = _written(size)
    mailing = Message.objects.exclude(message_id="").filter(kind="campaign")
    waiting = mailing.filter(state__in=[MessageState.QUEUED, MessageState.LEASED])
    total, runner = waiting.count(), Runner()
    worker = threading.Thread(target=runner.run)
    worker.start()
    codes: dict[str, float] = {}
    begun, first_pass = time.monotonic(), None
    for number in _until(lambda: not waiting.exists()):
        codes |= _code(number)
        if first_pass is None and not waiting.filter(attempts=0).exists():
            first_pass = time.monotonic() - begun
    time.sleep(2)
    runner.stop()
    worker.join()
    settled = campaign.recipients.count() - waiting.count()
    return {
        "rate": total / (first_pass or PATIENCE_SECONDS),
        "codes": codes,
        "members": size,
        "settled": settled,
        "left": left,
    }


def _written(size: int) -> tuple[Any, list[str]]:
    """Write a whole campaign before anybody hands it over; some have unsubscribed before."""
    from django.conf import settings

    from paraph.campaigns import steps
    from paraph.campaigns.actions.sending import gather_stretch, launch_campaign, write_stretch
    from paraph.campaigns.models import Campaign
    from paraph.kit import db
    from tests.campaigns.house import draft
    from tests.campaigns.test_crowd import crowd
    from tests.cast import gather

    cast, at = gather(), datetime.now(UTC)
    segment = crowd(cast, size)
    left = [f"guest{number}@example.org" for number in range(min(LEFT, size // 10))]
    with db.unit_of_work():
        for address in left:
            steps.suppress(address, channel="email", is_their_word=True, at=at)
    campaign = draft(cast, segment, rate=6000)
    settings.PARAPH_JOBS = "embedded"
    launch_campaign(campaign, by=cast.alice.actor, at=at)
    while gather_stretch(campaign, at=at):
        pass
    while write_stretch(Campaign.objects.get(pk=campaign.pk), at=at):
        at += timedelta(seconds=5)
    return campaign, left


def _until(is_over: Any) -> Iterator[int]:
    """Count half seconds until it is over."""
    for number in range(int(PATIENCE_SECONDS / PAUSE_SECONDS)):
        if is_over():
            return
        yield number
        time.sleep(PAUSE_SECONDS)


def _code(number: int) -> dict[str, float]:
    from paraph.messaging.actions import send_test

    address, at = f"code{number}@example.org", time.time()
    send_test("email", recipient=address, name="", language="en", at=datetime.now(UTC))
    return {address: at}


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
