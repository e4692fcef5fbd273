"""The register of what was taken away for good, in a file beside the database.

A copy restored from an earlier day learns from it what must go again. It names documents by
their IDs and people by their number alone, so it may lie wherever backups lie.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings

from paraph.contacts.models import Contact

from .models import Erasure, Tombstone

NAME = "gone.jsonl"
Line = Mapping[str, Any]  # JSON: either {"document": …} or {"person": …}, see below


def register() -> Path:
    """Return where this machine keeps its register."""
    return Path(settings.PARAPH_DATA) / NAME


def of_document(tomb: Tombstone) -> Line:
    """Return what the register says of a signed document that is not kept any more."""
    cause, by = tomb.cause, tomb.destroyed_by_id
    moment = _written(tomb.destroyed_at)
    return {"document": tomb.code, "at": moment, "cause": cause, "years": tomb.years, "by": by}


def of_person(erasure: Erasure) -> Line | None:
    """Return what the register says of an erased person.

    ``made_at`` tells them from whoever gets the same number in a restored copy.
    """
    made = Contact.objects.filter(pk=erasure.contact_number).values_list("created_at", flat=True)
    if not made or not erasure.done_at:
        return None
    return {
        "person": erasure.contact_number,
        "made_at": _written(made[0]),
        "at": _written(erasure.done_at),
        "by": erasure.asked_by_id,
    }


def append(line: Line) -> None:
    """Write a line at the end of this machine's register, to the disk."""
    with register().open("a+b") as file:
        if _is_cut_short(file):
            file.write(b"\n")  # else this line would be lost together with the other one
        file.write(_encoded(line).encode())
        file.flush()
        os.fsync(file.fileno())


def write_whole(target: Path) -> int:
    """Write all that is known to have gone beside what the file says already; tell how much."""
    lines = {_key(it): it for it in (*read(target), *read(register()), *_known())}
    if not lines:
        return 0
    draft = target.with_name(f".{target.name}.draft")
    with draft.open("w", encoding="utf-8") as file:
        file.writelines(map(_encoded, lines.values()))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    return len(lines)


def read(path: Path) -> Iterator[Line]:
    """Yield the lines of a register; none where there is no file. A line cut short is no line."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8") as file:
        for text in file:
            try:
                line = json.loads(text)
            except ValueError:
                continue
            if isinstance(line, dict) and {"document", "person"} & line.keys():
                yield line


def merged(*paths: Path) -> list[Line]:
    """Return the lines of several registers, each document and each person once."""
    return list({_key(it): it for path in paths for it in read(path)}.values())


def _is_cut_short(file: BinaryIO) -> bool:
    """Tell whether the last line has no end: the power went while it was written."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _known() -> Iterable[Line]:
    for tomb in Tombstone.objects.order_by("pk").iterator():
        yield of_document(tomb)
    for erasure in Erasure.objects.exclude(done_at=None).order_by("pk").iterator():
        if line := of_person(erasure):
            yield line


def _key(line: Line) -> tuple[str, str]:
    if "document" in line:
        return "document", str(line["document"])
    return "person", f"{line['person']} {line.get('made_at')}"


def _encoded(line: Line) -> str:
    return json.dumps(line, separators=(",", ":"), sort_keys=True) + "\n"


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
