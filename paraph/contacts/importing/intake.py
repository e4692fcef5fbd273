"""Takes in a file: read behind walls, its records kept, or refused in words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from paraph.kit import files, sandbox
from paraph.kit.errors import Refused

from .child.reading import ROWS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_ROWS = 500_000
LIMITS = sandbox.Limits(memory_mib=1024, cpu_seconds=60, wall_seconds=90, file_mib=400)
"""A table of 50 MB has a million cells: its walls are wider than a document's."""

_VERB = "paraph.contacts.importing.child.reading:read"


class CannotRead(Refused):
    """The file is no table and no address book that we can read."""

    code = "cannot-read-table"
    status = 422

    def __init__(self, why: str, **facts: object) -> None:
        self.why = why
        super().__init__(str(_SENTENCES.get(why, _SENTENCES["not-a-table"])) % facts)


@dataclass(frozen=True)
class TakenIn:
    """What is known of a file that can be used."""

    kind: str
    encoding: str
    separator: str
    sheet: str
    rows: int
    sample: list[list[str]]
    records: str  # SHA-256 of the kept rows


def take_in(content: bytes) -> TakenIn:
    """Read a foreign file in the sandbox and keep its records; raises ``CannotRead``."""
    try:
        outcome = sandbox.run(_VERB, [content], limits=LIMITS, most_rows=MOST_ROWS)
    except sandbox.Rejected as rejected:
        raise CannotRead(rejected.code, **rejected.facts) from None
    records = files.put(outcome.files[ROWS])
    told: dict[str, Any] = dict(outcome.answer)
    texts = {name: str(told[name])[:120] for name in ("kind", "encoding", "separator", "sheet")}
    sample = [[str(cell) for cell in row] for row in told["sample"]]
    return TakenIn(**texts, rows=int(told["rows"]), sample=sample, records=records)


def plain_name(name: str) -> str:
    """Return a file's name without folders."""
    return PurePath(name.replace("\\", "/").replace("\0", "")).name[:120]


_SENTENCES: dict[str, _StrPromise] = {
    "empty": _("This file has no rows. Choose another one."),
    "encrypted": _("This file is protected by a password. Save it without one and try again."),
    "too-slow": _("This file takes too long to read. Divide it into smaller ones, or use CSV."),
    "too-complex": _("This file is too large to read. Divide it into smaller ones, or use CSV."),
    "too-many-rows": _("This file has more than %(most)s rows. Divide it into smaller ones."),
    "too-many-columns": _(
        "This file has more than %(most)s columns. Take out some and try again."
    ),
    "broken-line": _("This file is broken in line %(line)s. Save it anew and try again."),
    "open-quotation": _(
        "The quotation mark that opens in line %(line)s is never closed."
        " Close it or take it out, and try again."
    ),
    "only-a-heading": _(
        "The only row of this file names its columns. Add the contacts below it and try again."
    ),
    "not-a-table": _(
        "This is neither a table nor an address book that can be read."
        " Use CSV, Excel (XLSX) or vCard."
    ),
}
