"""The store keeps what was named: never other bytes, never half a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from paraph.kit import files


def _kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_bytes_that_changed_while_they_were_read_are_not_kept(installation: Path) -> None:
    readings: Iterator[list[bytes]] = iter([[b"as it was ", b"shown"], [b"as it is now"]])

    with pytest.raises(files.FileDamaged):
        files.put_pieces(lambda: next(readings))

    assert _kept(installation) == []


def test_a_writing_that_breaks_off_leaves_nothing_behind(installation: Path) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"the first"
        if tries:
            raise OSError("No space left on device")
        tries.append(1)

    tries: list[int] = []

    with pytest.raises(OSError, match="No space"):
        files.put_pieces(pieces)

    assert _kept(installation) == []


def test_what_rots_after_it_was_checked_is_told_while_it_is_read(installation: Path) -> None:
    name = files.put(b"as it was signed")
    (kept,) = _kept(installation)

    with files.checked(name) as opened, pytest.raises(files.FileDamaged):
        kept.chmod(0o600)
        kept.write_bytes(b"as it has rotten")
        list(files.pieces(opened, name=name))
