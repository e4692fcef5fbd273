"""Files in a store without renames or locks (S3): put, and forgotten, each seen by the other.

Whoever forgets first sets a mark, then looks at the file's time, then deletes. Whoever puts first
writes, then waits while there is a mark, then looks whether the file is still there. So either the
one sees that the file is fresh, or the other sees the mark and writes once more.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from io import BytesIO

from django.core.files import File
from django.core.files.storage import Storage

AGING_SECONDS = 600
"""A file that is older is written again when somebody puts it; ``since`` lies far behind that."""
STALE_SECONDS = 400
"""A mark that is older was left by a process that died: a deletion is given up after five times
a minute, and until then it may still come through."""
PAUSE_SECONDS = 0.2
REPLACING = ("file_overwrite", "overwrite_files")
"""How stores say that they write over what is there: those of S3 and Google, and Azure's."""


def put(store: Storage, path: str, content: bytes) -> None:
    """Keep the bytes under their hash, and make sure that nobody is about to forget them."""
    if _age(store, path) > AGING_SECONDS:
        _write(store, path, content)
    while True:
        _wait_for_mark(store, path)
        if store.exists(path):
            return
        _write(store, path, content)


def forget_unless_fresh(store: Storage, path: str, *, since: float) -> bool:
    """Remove a file unless somebody put it since then; tell whether it is gone."""
    mark = _mark(path)
    store.delete(mark)
    store.save(mark, File(BytesIO(b"leaving")))
    try:
        if _modified_at(store, path) > since:
            return False
        store.delete(path)
    finally:
        store.delete(mark)
    return True


def _write(store: Storage, path: str, content: bytes) -> None:
    """Write over what is there: its name is its hash, so these are the same bytes."""
    is_replacing = any(getattr(store, each, False) for each in REPLACING)
    if store.exists(path) and not is_replacing:
        store.delete(path)
    store.save(path, File(BytesIO(content)))


def _wait_for_mark(store: Storage, path: str) -> None:
    while _age(store, _mark(path)) < STALE_SECONDS:
        time.sleep(PAUSE_SECONDS)


def _age(store: Storage, path: str) -> float:
    """Return how many seconds ago it was written; no end of them where there is none."""
    written = _modified_at(store, path)
    return datetime.now(UTC).timestamp() - written if written else float("inf")


def _modified_at(store: Storage, path: str) -> float:
    try:
        return store.get_modified_time(path).timestamp()
    except Exception:  # each store has its own word for a file that is not there
        if store.exists(path):
            raise
        return 0.0


def _mark(path: str) -> str:
    folder, _slash, name = path.rpartition("/")
    return f"{folder}/.{name}.leaving"
