"""The cache of pictures and texts stays under its size, and keeps what is asked for."""

import os
import time
from pathlib import Path

from paraph.documents import cache


def kept(key: str, *, size: int, asked_for: float) -> None:
    cache.write(key, bytes(size))
    path = cache._path(key)
    os.utime(path, (asked_for, path.stat().st_mtime))


def test_what_nobody_asked_for_longest_goes_first() -> None:
    now = time.time()
    kept("aa-old", size=600, asked_for=now - 900)
    kept("bb-read", size=600, asked_for=now - 800)
    kept("cc-new", size=600, asked_for=now - 10)
    cache.read("bb-read")

    assert cache.sweep(most_bytes=1_400, now=now) == 1

    assert [cache.has(key) for key in ("aa-old", "bb-read", "cc-new")] == [False, True, True]


def test_a_small_cache_is_left_alone() -> None:
    kept("aa-old", size=600, asked_for=0)

    assert cache.sweep(most_bytes=600, now=time.time()) == 0


def test_drafts_that_a_crash_left_are_removed(installation: Path) -> None:
    cache.write("aa-page", b"picture")
    draft = cache._path("aa-page").with_name(".aa-page.1234")
    draft.write_bytes(b"half")
    os.utime(draft, (0, 0))

    cache.sweep(most_bytes=1_000, now=time.time())

    assert not draft.exists()
    assert cache.has("aa-page")
