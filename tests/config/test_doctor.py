"""The doctor says what is wrong and how to mend it, and its exit status tells."""

import json
import secrets
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from pytest_django import Settings

from paraph.config.doctor.keeping import is_little_at_hand
from paraph.journal import SYSTEM
from paraph.kit import files
from paraph.messaging.holding import hold_messages
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def findings() -> dict[str, list[dict[str, str]]]:
    """Ask the doctor; the findings of each check."""
    written = StringIO()
    try:
        call_command("doctor", "--json", stdout=written)
    except SystemExit as end:
        assert end.code == 1
    told: dict[str, list[dict[str, str]]] = {}
    for line in written.getvalue().splitlines():
        found = json.loads(line)
        told.setdefault(found["check"], []).append(found)
    return told


def levels(check: str) -> set[str]:
    """The levels of a check's findings."""
    return {found["level"] for found in findings()[check]}


def test_a_healthy_trial_has_nothing_wrong(cast: Cast) -> None:
    make.completed(cast, at=datetime.now(UTC) - timedelta(hours=1))

    told = findings()

    assert [each for group in told.values() for each in group if each["level"] == "wrong"] == []
    assert len(told) == 14


def test_a_missing_master_key_is_told_with_its_place(cast: Cast, settings: Settings) -> None:
    settings.PARAPH_KEY_FILE.unlink()

    [found] = findings()["keys"]

    assert found["level"] == "wrong"
    assert str(settings.PARAPH_KEY_FILE) in found["says"]
    assert "PARAPH_KEY_FILE" in found["mend"]


def test_another_master_key_is_noticed(cast: Cast, settings: Settings) -> None:
    make.completed(cast)
    settings.PARAPH_KEY_FILE.write_text(secrets.token_hex(32), encoding="ascii")

    assert "wrong" in levels("keys")


def test_a_master_key_among_the_data_is_a_warning(cast: Cast) -> None:
    assert "warning" in levels("keys")


def test_a_mail_server_that_is_away_is_named(cast: Cast, settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:9"

    [found] = findings()["mail"][:1]

    assert found["level"] == "wrong"
    assert "127.0.0.1" in found["says"]


def test_a_fact_from_the_future_betrays_the_clock(cast: Cast) -> None:
    make.sent(cast, at=NOON.replace(year=NOON.year + 50))

    assert "wrong" in levels("clock")


def test_held_messages_are_told(cast: Cast) -> None:
    hold_messages(by=SYSTEM, at=NOON)

    assert "warning" in levels("messages")


def test_a_log_whose_tile_is_damaged_is_wrong(cast: Cast) -> None:
    make.completed(cast)
    assert Envelope.objects.completed().exists()
    found = findings()["log"]
    assert {each["level"] for each in found} == {"fine"}

    entries = found[0]["says"].split(": ")[1].split()[0]
    files.publish(f"log/0/tile/0/000.p/{entries}", b"\0" * 32 * int(entries))

    assert "wrong" in levels("log")


def test_postgresql_may_keep_an_eighth_of_its_tables_in_memory_or_what_somebody_set() -> None:
    mega, giga = 1 << 20, 1 << 30

    assert is_little_at_hand(128 * mega, size=2 * giga)
    assert is_little_at_hand(128 * mega, size=100 * giga)
    assert not is_little_at_hand(128 * mega, size=giga)
    assert not is_little_at_hand(256 * mega, size=100 * giga)
