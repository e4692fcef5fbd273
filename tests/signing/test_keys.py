"""Keys that are taken out, put back and replaced; and who hears when they end."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from paraph.campaigns.rules import hash_of
from paraph.journal.log.publishing import keep_log
from paraph.kit import faults
from paraph.kit.keys import master_key
from paraph.messaging.models import Message
from paraph.signing import authority, rekeying
from paraph.signing.jobs.lasting import look_around
from paraph.signing.jobs.watching import watch_keys
from paraph.signing.models import TimeSource
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def made(cast: Cast) -> None:
    authority.ready(at=timezone.now())


def said(*words: str) -> str:
    out = StringIO()
    call_command("keys", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def password(tmp_path: Path) -> Path:
    file = tmp_path / "password"
    file.write_text("long enough to keep\n")
    return file


def test_the_root_s_key_is_taken_out_and_put_back(tmp_path: Path, password: Path) -> None:
    kept, words = tmp_path / "root.pem", ("--password-file", str(password))

    said("take-root-out", str(kept), *words)
    with pytest.raises(CommandError, match="kept apart"):
        said("renew", "--issuing")
    away = said("show")
    said("put-root-back", str(kept), *words)

    assert kept.stat().st_mode & 0o077 == 0 and b"ENCRYPTED" in kept.read_bytes()
    assert "kept apart" in away and "Root key      here" in said("show")


def test_a_root_that_is_apart_stops_nothing_daily(tmp_path: Path, password: Path) -> None:
    before = authority.ready(at=timezone.now())
    said("take-root-out", str(tmp_path / "root.pem"), "--password-file", str(password))

    said("renew")

    after = authority.ready(at=timezone.now() + timedelta(days=400))
    assert after.seal.pem != before.seal.pem
    assert after.lasting_crl == before.lasting_crl


def test_a_foreign_key_or_a_wrong_password_is_refused(tmp_path: Path, password: Path) -> None:
    kept, wrong = tmp_path / "root.pem", tmp_path / "wrong"
    said("take-root-out", str(kept), "--password-file", str(password))
    wrong.write_text("another password")

    with pytest.raises(CommandError, match="password is wrong"):
        said("put-root-back", str(kept), "--password-file", str(wrong))
    with pytest.raises(CommandError, match="not overwritten"):
        kept_again = (str(kept), "--password-file", str(password))
        said("put-root-back", *kept_again)
        said("take-root-out", *kept_again)


def test_a_new_issuing_authority_keeps_the_root(cast: Cast) -> None:
    before = authority.ready(at=timezone.now())

    said("renew", "--issuing")

    after = authority.ready(at=timezone.now())
    assert after.root.pem == before.root.pem
    assert after.issuing.pem != before.issuing.pem
    assert before.issuing.pem in authority.certificates()


def test_a_fresh_master_key_opens_everything_and_the_old_one_nothing(settings: Settings) -> None:
    keep_log(at=timezone.now())
    old, root, suppressed = master_key(), authority.roots(), hash_of("x@example.org")

    said("replace-master-key")

    assert master_key() != old
    assert old.hex() not in settings.PARAPH_KEY_FILE.read_text()
    assert authority.ready(at=timezone.now()).root.pem == root[0]
    assert keep_log(at=timezone.now())
    assert hash_of("x@example.org") == suppressed


@pytest.mark.parametrize("point", ["master-key-both", "master-key-used"])
def test_a_crash_while_the_master_key_is_replaced_locks_nobody_out(
    monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    monkeypatch.setenv("PARAPH_FAULT", f"{point}:raise")

    with pytest.raises(faults.FaultInjected):
        rekeying.replace_master_key(at=timezone.now())

    monkeypatch.delenv("PARAPH_FAULT")
    assert authority.ready(at=timezone.now())
    said("replace-master-key")
    assert authority.ready(at=timezone.now())


def test_administrators_hear_once_of_each_silent_service(cast: Cast, settings: Settings) -> None:
    settings.TSA_URLS = ["http://127.0.0.1:9/", "http://127.0.0.1:9/second"]
    look_around()

    watch_keys()
    watch_keys()
    settings.TSA_URLS = ["http://127.0.0.1:9/second"]  # mending one repeats none of the others
    watch_keys()

    letters = Message.objects.filter(kind="keys_need_attention")
    assert TimeSource.objects.exclude(problem="").count() == 2
    assert len({letter.recipient for letter in letters}) * 2 == letters.count() > 0
    assert "does not answer" in letters[0].text


def test_nobody_is_written_to_while_all_is_well(cast: Cast) -> None:
    watch_keys()

    assert not Message.objects.filter(kind="keys_need_attention").exists()
