"""A backup taken while people sign becomes an installation elsewhere; nothing happens twice."""

import signal
from contextlib import closing
from pathlib import Path

import pytest

from tests.config.backup.conftest import Place

pytestmark = pytest.mark.slow


def test_a_backup_under_load_is_restored_elsewhere(
    places: tuple[Place, Place], tmp_path: Path
) -> None:
    here, there = places
    lived_in = here.live()
    assert lived_in.stdout and lived_in.stdout.readline() == "1\n"

    made = here.paraph("backup", "--to", tmp_path / "backup.tar")
    assert made.returncode == 0, made.stderr
    for _each in range(4):  # some were completed beside the backup, at least one after it
        lived_in.stdout.readline()
    lived_in.kill()
    there.bring_key(here.key)
    _expect_killed_restores_to_keep_others_out(there, tmp_path / "backup.tar")
    restored = there.paraph("restore", tmp_path / "backup.tar")
    assert restored.returncode == 0, restored.stderr
    there.close()

    seen, first = there.ask("look"), here.ask("look")
    assert 1 <= seen["completed"] < first["completed"]
    assert seen["shards"] == ["sign.example.org/log/0", "sign.example.org/log/1"]
    assert seen["linked"][0].startswith("sign.example.org/log/0\n")
    # Where it was killed in the middle of a document, that one's letters leave there as well.
    assert "signature_requested" in first["leaves"] and seen["leaves"] == []
    assert seen["held"] >= 1  # and what was on its way at that moment
    assert f"{seen['held']} messages are never sent." in there.paraph("held", "--discard").stdout
    _expect_later_checkpoints_found(there, str(first["checkpoint"]), tmp_path)


def _expect_killed_restores_to_keep_others_out(there: Place, backup: Path) -> None:
    """Wherever a restore dies, nobody may work on what is there, and the next one goes on."""
    for point in ("files", "rows", "hold", "log"):
        killed = there.paraph("restore", backup, fault=f"restore-after-{point}")
        assert killed.returncode == -signal.SIGKILL, killed.stderr
    for words in (["serve", "--migrate"], ["held", "--release"]):
        refused = there.paraph(*words)
        assert refused.returncode == 1 and "it goes on where it was" in refused.stderr
    if there.url:  # another machine that works on the same database
        with closing(Place(there.folder.with_name("node"), there.url, there.key)) as node:
            refused = node.paraph("serve")
        assert refused.returncode == 1 and "it goes on where it was" in refused.stderr


def _expect_later_checkpoints_found(there: Place, note: str, folder: Path) -> None:
    """A file that was completed after the backup proves that the copy has lost something."""
    (folder / "newest").write_text(note, encoding="utf-8")

    run = there.paraph("log", "verify", "--checkpoint", folder / "newest")

    assert run.returncode == 1
    assert "Log 0" in run.stderr
