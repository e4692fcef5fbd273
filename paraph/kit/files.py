"""The file store: content-addressed, write-once. A file's name is the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage, storages

from . import objects

PIECE = 1 << 20


class FileDamaged(Exception):
    """What the store returned is not what was put in: bit rot, or somebody's hand."""


def put(content: bytes) -> str:
    """Keep the bytes and return their SHA-256 (hex); putting the same bytes again is harmless."""
    return put_pieces(lambda: [content])


def put_pieces(pieces: Callable[[], Iterable[bytes]]) -> str:
    """Keep what can be read in pieces, twice: a local store never holds a large file whole."""
    running = hashlib.sha256()
    for piece in pieces():
        running.update(piece)
    path = _path(name := running.hexdigest())
    if _is_local():
        _write_durably(Path(default_storage.path(path)), pieces())
    else:
        objects.put(default_storage, path, b"".join(pieces()))
    return name


def keep(draft: Path) -> str:
    """Move a finished file of this machine into the store, whatever its size; its SHA-256."""
    with draft.open("rb") as file:
        name = hashlib.file_digest(file, "sha256").hexdigest()
        path = _path(name)
        if not default_storage.exists(path):
            os.fsync(file.fileno())
            default_storage.save(path, File(file))
    return name


def forget(name: str) -> None:
    """Remove a file that nothing refers to any more."""
    default_storage.delete(_path(name))


def forget_unless_fresh(name: str, *, since: float) -> bool:
    """Remove a file unless somebody put the same bytes again since then (seconds of the epoch).

    It is moved aside first: whoever puts these bytes in that moment writes them anew.
    """
    if not _is_local():
        return objects.forget_unless_fresh(default_storage, _path(name), since=since)
    target = Path(default_storage.path(_path(name)))
    aside = target.with_name(f".{target.name}.leaving")
    try:
        if target.stat().st_mtime > since:
            return False
        target.rename(aside)
    except FileNotFoundError:
        return True
    if aside.stat().st_mtime > since:
        aside.rename(target)
        return False
    aside.unlink()
    return True


def get(name: str) -> bytes:
    """Return the bytes of that SHA-256; raises ``FileDamaged`` or ``FileNotFoundError``."""
    with default_storage.open(_path(name)) as file:
        content: bytes = file.read()
    if hashlib.sha256(content).hexdigest() != name:
        raise FileDamaged(name)
    return content


@contextmanager
def checked(name: str) -> Iterator[BinaryIO]:
    """Open the file for ``pieces`` once all of it was looked at; raises like ``get``."""
    with default_storage.open(_path(name)) as file:
        for _piece in pieces(opened := cast(BinaryIO, file), name=name):
            pass
        yield opened


def pieces(file: BinaryIO, *, name: str) -> Iterator[bytes]:
    """Read an open file from its beginning; a damaged one raises after its last piece."""
    running = hashlib.sha256()
    file.seek(0)
    while piece := file.read(PIECE):
        running.update(piece)
        yield piece
    if running.hexdigest() != name:
        raise FileDamaged(name)


def pieces_of(name: str) -> Iterator[bytes]:
    """Read a file piece by piece; raises like ``get``, a damaged one after its last piece."""
    with default_storage.open(_path(name)) as file:
        yield from pieces(cast(BinaryIO, file), name=name)


def publish(path: str, content: bytes) -> None:
    """Keep a file under a name of its own, whole or not at all; repeating it is harmless."""
    if _is_local():
        _write_durably(Path(default_storage.path(path)), [content], is_final=False)
    else:
        default_storage.delete(path)
        default_storage.save(path, File(BytesIO(content)))


def published(path: str) -> bytes:
    """Return a file that was published; raises ``FileNotFoundError``."""
    with default_storage.open(path) as file:
        content: bytes = file.read()
    return content


def open_file(name: str) -> BinaryIO:
    """Open the file for streaming; the caller closes it."""
    return default_storage.open(_path(name))  # type: ignore[return-value]  # Django's File is one


def _is_local() -> bool:
    return isinstance(storages["default"], FileSystemStorage)


def _path(name: str) -> str:
    return f"{name[:2]}/{name[2:4]}/{name}"


def _write_durably(target: Path, pieces: Iterable[bytes], *, is_final: bool = True) -> None:
    """Write beside, fsync, rename, fsync the folder: after a crash the file is whole or absent.

    What is there is final where its name is the hash of its bytes; it is touched, so that
    whoever is about to forget it sees that it is wanted again.
    """
    if is_final:
        try:
            os.utime(target)
            return
        except FileNotFoundError:
            pass
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    running = hashlib.sha256()
    try:
        with draft.open("wb") as file:
            for piece in pieces:
                running.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if is_final and running.hexdigest() != target.name:
            raise FileDamaged(target.name)  # it was another one when its name was found
        draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
