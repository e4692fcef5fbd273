"""The file store as a backup sees it: every file under its name, to be read and written whole."""

import os
from collections.abc import Iterator
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage


class NotWritten(Exception):
    """The store keeps the file under another name, so it was not empty."""


def names(folder: str = "") -> Iterator[str]:
    """Yield the name of every finished file; drafts begin with a dot."""
    try:
        folders, found = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(found):
        if not name.startswith("."):
            yield f"{folder}{name}"
    for below in sorted(folders):
        yield from names(f"{folder}{below}/")


def is_empty() -> bool:
    """Tell whether no file is in the store."""
    return next(names(), None) is None


def open_stored(name: str) -> tuple[IO[bytes], int] | None:
    """Open a file and tell its size; nothing when it was removed meanwhile."""
    try:
        return default_storage.open(name), default_storage.size(name)
    except FileNotFoundError:
        return None


def write(name: str, content: IO[bytes]) -> None:
    """Put a file into the store, also over one that a killed restore left in halves."""
    if default_storage.exists(name):
        default_storage.delete(name)
    if default_storage.save(name, File(content)) != name:
        raise NotWritten(name)


def settle() -> None:
    """Have the machine keep what was written."""
    os.sync()
