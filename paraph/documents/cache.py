"""A folder of things that can be made again: page pictures and words, by the hash of the file."""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from django.conf import settings

_LOCKS = 64


def read(key: str) -> bytes | None:
    """Return what was kept under the key, if it still is."""
    try:
        return _path(key).read_bytes()
    except FileNotFoundError:
        return None


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


def age_seconds(key: str, *, now: float) -> float | None:
    """Tell how long ago the key was written, if it was."""
    try:
        return now - _path(key).stat().st_mtime
    except FileNotFoundError:
        return None


@contextmanager
def only_one(key: str) -> Iterator[None]:
    """Let one maker of this key in at a time, among all processes of this machine."""
    lock = _folder() / f"{crc32(key.encode()) % _LOCKS:02}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _path(key: str) -> Path:
    return _folder() / key[:2] / key


def _folder() -> Path:
    return Path(settings.PARAPH_DATA) / "cache"
