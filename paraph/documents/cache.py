"""A folder of things that can be made again: page pictures and texts, by the hash of the file.

It belongs to one machine and is kept under a size: what nobody asked for longest goes first.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from django.conf import settings

_LOCKS = 64
_MEGABYTE = 1024 * 1024
_SWEPT = "swept"  # a file whose age tells when this folder was swept last
_BETWEEN_SECONDS = 600
_FULL = 0.9  # a sweep leaves room, so that the next one is not due at once
_DRAFT_SECONDS = 3_600


def read(key: str) -> bytes | None:
    """Return what was kept under the key, if it still is."""
    path = _path(key)
    try:
        content = path.read_bytes()
        os.utime(path, (time.time(), path.stat().st_mtime))  # asked for just now
    except FileNotFoundError:
        return None
    return content


def has(key: str) -> bool:
    """Tell whether something is kept under the key."""
    return _path(key).exists()


def write(key: str, content: bytes) -> None:
    """Keep the bytes under the key: whole, or not at all."""
    target = _path(key)
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        draft.write_bytes(content)
        draft.replace(target)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    _sweep_in_time()


def sweep(*, most_bytes: int, now: float) -> int:
    """Remove what nobody asked for longest until the rest is small; tell how many files went."""
    files = [(path, path.stat()) for path in _kept(now=now)]
    excess = sum(seen.st_size for _path, seen in files) - most_bytes
    if excess <= 0:
        return 0
    excess += round(most_bytes * (1 - _FULL))
    gone = 0
    for path, seen in sorted(files, key=lambda file: file[1].st_atime):
        if excess <= 0:
            break
        path.unlink(missing_ok=True)
        excess -= seen.st_size
        gone += 1
    return gone


def forget(beginning: str) -> None:
    """Remove whatever is kept under keys that begin so: pictures and texts of a file that goes."""
    for path in _path(beginning).parent.glob(f"{beginning}*"):
        path.unlink(missing_ok=True)


def age_seconds(key: str, *, now: float) -> float | None:
    """Tell how long ago the key was written, if it was."""
    try:
        return now - _path(key).stat().st_mtime
    except FileNotFoundError:
        return None


@contextmanager
def only_one(key: str, *, is_lasting: bool = False) -> Iterator[None]:
    """Let one maker of this key in at a time, among all processes of this machine.

    Keys share a few locks; one that takes long and lasts (a series) has a lock of its own.
    """
    name = key if is_lasting else f"{crc32(key.encode()) % _LOCKS:02}"
    lock = _folder() / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _kept(*, now: float) -> Iterator[Path]:
    """Yield every kept file; drafts that a crash left are removed on the way."""
    for path in _folder().glob("??/*"):
        with suppress(FileNotFoundError):
            if not path.name.startswith("."):
                yield path
            elif now - path.stat().st_mtime > _DRAFT_SECONDS:
                path.unlink()


def _sweep_in_time() -> None:
    """Sweep in the background when the last time is long enough ago, on this machine."""
    mark, now = _folder() / _SWEPT, time.time()
    if not mark.exists() or now - mark.stat().st_mtime > _BETWEEN_SECONDS:
        mark.touch()
        most = settings.PARAPH_CACHE_MB * _MEGABYTE
        threading.Thread(target=sweep, kwargs={"most_bytes": most, "now": now}).start()


def _path(key: str) -> Path:
    return _folder() / key[:2] / key


def _folder() -> Path:
    return Path(settings.PARAPH_DATA) / "cache"
