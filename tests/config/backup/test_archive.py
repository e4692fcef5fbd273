"""An archive is refused unless it is whole, ours, and for an empty place."""

import secrets
from io import BytesIO
from pathlib import Path

import pytest
from pytest_django import Settings

from paraph.config.backup import archive, making, restoring, unfinished
from paraph.config.backup.archive import NotABackup
from paraph.config.backup.restoring import CannotRestore
from paraph.kit import files
from tests.moments import NOON


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """An archive with a file of some blocks."""
    with archive.Writer(tmp_path / "backup.tar") as into:
        into.add(archive.HEADER, archive.encoded({"format": archive.FORMAT, "made_at": "now"}))
        into.stream("files/ab/cd/abcd", BytesIO(b"signed" * 500), size=3000)
    return tmp_path / "backup.tar"


def test_an_archive_is_as_it_was_written(written: Path) -> None:
    assert archive.check(written) == 2
    assert archive.header_of(written)["format"] == archive.FORMAT


def test_a_changed_byte_is_found_and_named(written: Path) -> None:
    content = written.read_bytes()
    written.write_bytes(content.replace(b"signedsigned", b"signedSigned", 1))

    with pytest.raises(NotABackup, match="files/ab/cd/abcd is not as it was backed up"):
        archive.check(written)


@pytest.mark.parametrize("size", [100, 2000, 4000, 6000])
def test_an_archive_that_ends_early_is_refused(written: Path, size: int) -> None:
    written.write_bytes(written.read_bytes()[:size])

    with pytest.raises(NotABackup):
        archive.check(written)


def test_a_list_signed_by_another_master_key_is_refused(written: Path, settings: Settings) -> None:
    settings.PARAPH_KEY_FILE.write_text(secrets.token_hex(32), encoding="ascii")

    with pytest.raises(NotABackup, match="not signed by this master key"):
        archive.check(written)


def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    with archive.Writer(tmp_path / "evil.tar") as into:
        into.add("files/../../evil", b"")

    with pytest.raises(NotABackup, match="does not belong into a backup"):
        archive.check(tmp_path / "evil.tar")


@pytest.mark.django_db
def test_nothing_is_restored_over_something(written: Path) -> None:
    files.put(b"somebody's")

    with pytest.raises(CannotRestore, match="empty place only"):
        restoring.restore(written, at=NOON)


def test_no_other_backup_goes_on_with_a_restore_that_was_killed(
    written: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PARAPH_DATA", str(tmp_path))
    unfinished.begin("2026-03-01T02:00:00+00:00", at=NOON)

    with pytest.raises(CannotRestore, match="another backup was begun here"):
        restoring.restore(written, at=NOON)
    assert unfinished.found() == unfinished.Mark("2026-03-01T02:00:00+00:00", NOON.isoformat())


def test_the_secret_is_sealed_under_the_master_key(settings: Settings) -> None:
    sealed = making.sealed_secret()

    assert settings.SECRET_KEY.encode() not in sealed
    assert making.opened_secret(sealed) == settings.SECRET_KEY.encode()
