"""The archive of a backup: a tar file whose last members list all others, signed by a key that
is derived from the master key.

Files are streamed: neither writing nor checking needs more memory than one block of a file.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import tarfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from paraph.kit.keys import derived_key

FORMAT = "paraph-backup/1"
HEADER = "paraph-backup.json"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.mac"
FILES = "files/"
BLOCK = 1024 * 1024
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)*[A-Za-z0-9][A-Za-z0-9._-]*")
_PURPOSE = "backup-manifest"


class NotABackup(Exception):
    """The archive is none of ours, is damaged, or belongs to another master key."""


class Writer:
    """An archive that is being written; on leaving it is complete."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._listed: list[dict[str, str | int]] = []

    def __enter__(self) -> Self:
        self._tar = tarfile.open(self._target, "w", format=tarfile.PAX_FORMAT)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        failure: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if failure is None:
            manifest = json.dumps(self._listed, indent=0).encode()
            self._write(MANIFEST, BytesIO(manifest), len(manifest))
            signature = _signature(manifest).encode()
            self._write(SIGNATURE, BytesIO(signature), len(signature))
        self._tar.close()

    def add(self, name: str, content: bytes) -> None:
        """Write a small member."""
        self.stream(name, BytesIO(content), size=len(content))

    def stream(self, name: str, source: IO[bytes], *, size: int) -> str:
        """Write a member from an open file; its SHA-256."""
        digest = self._write(name, source, size)
        self._listed.append({"name": name, "size": size, "sha256": digest})
        return digest

    def _write(self, name: str, source: IO[bytes], size: int) -> str:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        hashed = _Hashed(source)
        self._tar.addfile(entry, hashed)
        return hashed.digest


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._hash = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self._hash.update(block)
        return block

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def encoded(content: Mapping[str, Any]) -> bytes:  # JSON
    """Return a member's content."""
    return json.dumps(content, indent=1).encode()


def header_of(archive: Path) -> Mapping[str, Any]:  # JSON
    """Return what the archive says of itself; raises ``NotABackup``."""
    for name, content in members(archive):
        if name != HEADER:
            break
        header: Mapping[str, Any] = json.loads(content.read())
        if header.get("format") == FORMAT:
            return header
    raise NotABackup(f"{archive} is no backup of Paraph that this release can read.")


def check(archive: Path) -> int:
    """Compare every member with the signed list; their number. Raises ``NotABackup``."""
    try:
        return _checked(archive)
    except (tarfile.TarError, EOFError) as damage:
        raise NotABackup(f"{archive} ends too early, or is damaged: {damage}.") from damage


def _checked(archive: Path) -> int:
    seen: list[dict[str, str | int]] = []
    last: dict[str, bytes] = {}
    for name, content in members(archive):
        if name in (MANIFEST, SIGNATURE):
            last[name] = content.read()
        else:
            digest, size = _measured(content)
            seen.append({"name": name, "size": size, "sha256": digest})
    manifest = last.get(MANIFEST, b"")
    if not hmac.compare_digest(_signature(manifest), last.get(SIGNATURE, b"").decode("ascii")):
        raise NotABackup("The list of the archive is not signed by this master key.")
    _compare(json.loads(manifest), seen)
    return len(seen)


def members(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Yield the members in their order, each to be read before the next."""
    try:
        with tarfile.open(archive, "r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry) if entry.isfile() else None
                if content is None or not _NAME.fullmatch(entry.name):
                    raise NotABackup(f"{entry.name} does not belong into a backup.")
                yield entry.name, content
                tar.members.clear()  # type: ignore[attr-defined]  # else it remembers each one
    except tarfile.TarError as damage:
        raise NotABackup(f"{archive} cannot be read: {damage}.") from damage


def key_check() -> str:
    """Return what tells whether a master key is the one of a backup, and nothing else about it."""
    return hashlib.sha256(derived_key("backup-key-check")).hexdigest()


def _measured(content: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def _compare(listed: list[dict[str, str | int]], seen: list[dict[str, str | int]]) -> None:
    for one, other in zip(listed, seen, strict=False):
        if one != other:
            raise NotABackup(f"{other['name']} is not as it was backed up.")
    if len(listed) != len(seen):
        raise NotABackup("The archive has not as many members as its list.")


def _signature(manifest: bytes) -> str:
    return hmac.new(derived_key(_PURPOSE), manifest, hashlib.sha256).hexdigest()
