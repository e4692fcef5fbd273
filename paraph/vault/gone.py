"""The register of what was taken away for good, in a file beside the database.

A copy restored from an earlier day learns from it what must go again. It names documents by
their IDs and people by their number alone, so it may lie wherever backups lie.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from paraph.contacts.models import Contact

from .models import Cause, Erasure, Tombstone

NAME = "gone.jsonl"


@dataclass(frozen=True)
class GoneDocument:
    """A signed document that is not kept any more."""

    code: str
    at: datetime
    cause: Cause
    years: int | None
    by: int | None

    def __str__(self) -> str:
        return self.code

    @property
    def line(self) -> str:
        """How the register says it."""
        said = {"document": self.code, "at": _written(self.at), "cause": self.cause}
        return _encoded(said | {"years": self.years, "by": self.by})


@dataclass(frozen=True)
class GonePerson:
    """An erased person; ``made_at`` tells them from whoever gets the same number in a restored
    copy."""

    number: int
    made_at: datetime
    at: datetime
    by: int | None

    def __str__(self) -> str:
        return str(self.number)

    @property
    def line(self) -> str:
        """How the register says it."""
        said = {"person": self.number, "made_at": _written(self.made_at), "at": _written(self.at)}
        return _encoded(said | {"by": self.by})


@dataclass(frozen=True)
class Unread:
    """A line that is cut short, or comes from elsewhere: told, and kept as it stands."""

    place: str
    line: str

    def __str__(self) -> str:
        return self.place


Gone = GoneDocument | GonePerson


def register() -> Path:
    """Return where this machine keeps its register."""
    return Path(settings.PARAPH_DATA) / NAME


def of_document(tomb: Tombstone) -> GoneDocument:
    """Return what the register says of a signed document that is not kept any more."""
    return GoneDocument(
        code=tomb.code,
        at=tomb.destroyed_at,
        cause=Cause(tomb.cause),
        years=tomb.years,
        by=tomb.destroyed_by_id,
    )


def of_person(erasure: Erasure) -> GonePerson | None:
    """Return what the register says of an erased person."""
    made = Contact.objects.filter(pk=erasure.contact_number).values_list("created_at", flat=True)
    if not made or not erasure.done_at:
        return None
    return GonePerson(erasure.contact_number, made[0], erasure.done_at, erasure.asked_by_id)


def append(gone: Gone) -> None:
    """Write a line at the end of this machine's register, to the disk."""
    with _turn(), register().open("a+b") as file:
        if _is_cut_short(file):
            file.write(b"\n")  # else this line would be lost together with the other one
        file.write(gone.line.encode())
        file.flush()
        os.fsync(file.fileno())


def write_whole(target: Path) -> int:
    """Write all that is known to have gone beside what the file says already; tell how much."""
    with _turn():
        lines = {_key(it): it.line for it in (*read(target), *read(register()), *_known())}
        if not lines:
            return 0
        draft = target.with_name(f".{target.name}.draft")
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(lines.values())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    return len(lines)


def read(path: Path) -> Iterator[Gone | Unread]:
    """Yield the lines of a register; none where there is no file."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8", errors="backslashreplace") as file:
        for number, text in enumerate(file, start=1):
            if text.strip():
                yield _understood(text) or Unread(f"{path.name}, line {number}", _ended(text))


def merged(*paths: Path) -> list[Gone | Unread]:
    """Return the lines of several registers, each document and each person once."""
    return list({_key(it): it for path in paths for it in read(path)}.values())


def _understood(text: str) -> Gone | None:
    """Read a line; one that lacks something, or says what this release does not know, is none."""
    try:
        said = json.loads(text)
        return _document(said) if "document" in said else _person(said)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def _document(said: dict[str, Any]) -> GoneDocument:  # JSON
    cause, years = Cause(said.get("cause", Cause.BY_HAND)), said.get("years")
    gone = str(said["document"])
    return GoneDocument(gone, _moment(said["at"]), cause, _number(years), _number(said["by"]))


def _person(said: dict[str, Any]) -> GonePerson:  # JSON
    made_at, at = (_moment(said[key]) for key in ("made_at", "at"))
    return GonePerson(int(said["person"]), made_at, at, _number(said["by"]))


def _moment(said: str) -> datetime:
    moment = datetime.fromisoformat(said)
    if moment.tzinfo is None:
        raise ValueError("A moment without its zone.")
    return moment


def _number(said: object) -> int | None:
    if said is not None and not isinstance(said, int):
        raise TypeError("No number.")
    return said


@contextmanager
def _turn() -> Iterator[None]:
    """One process of this machine at a time: a line added to a file that is being replaced
    would be lost with it."""
    with register().with_name(f".{NAME}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _is_cut_short(file: BinaryIO) -> bool:
    """Tell whether the last line has no end: the power went while it was written."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _known() -> Iterable[Gone]:
    for tomb in Tombstone.objects.order_by("pk").iterator():
        yield of_document(tomb)
    for erasure in Erasure.objects.exclude(done_at=None).order_by("pk").iterator():
        if gone := of_person(erasure):
            yield gone


def _key(gone: Gone | Unread) -> tuple[str, str]:
    match gone:
        case GoneDocument():
            return "document", gone.code
        case GonePerson():
            return "person", f"{gone.number} {gone.made_at}"
        case Unread():
            return "unread", gone.line


def _encoded(said: dict[str, Any]) -> str:  # JSON
    return json.dumps(said, separators=(",", ":"), sort_keys=True) + "\n"


def _ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
