"""Reads spreadsheets (XLSX, XLS, ODS): the first sheet in sight that has rows."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from paraph.kit.child.refusing import Refusal
from paraph.kit.tables import restore

from .found import Found, Record

_SHEET, _IN_SIGHT = calamine.SheetTypeEnum.WorkSheet, calamine.SheetVisibleEnum.Visible
_ENCRYPTED = 0x1  # among the flags of a file in a ZIP
_MOST_OF_A_MANIFEST = 1_000_000
Cell = int | float | str | bool | time | date | datetime | timedelta


def read(content: bytes) -> Found:
    """Find the sheet and read its rows."""
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for it in book.sheets_metadata:
            if it.typ == _SHEET and it.visible == _IN_SIGHT:
                sheet = book.get_sheet_by_name(it.name)
                if sheet.height:
                    return Found("xlsx", _records(sheet), sheet=it.name)
    except calamine.PasswordError:
        raise Refusal("encrypted") from None
    except (calamine.CalamineError, ValueError, OSError):
        raise Refusal("encrypted" if _is_locked(content) else "not-a-table") from None
    raise Refusal("empty")


def _is_locked(content: bytes) -> bool:
    """Tell whether a password is asked for: calamine says so to who names the kind of file."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return True
    broken = (zipfile.BadZipFile, KeyError, NotImplementedError, zlib.error)
    with suppress(*broken), zipfile.ZipFile(io.BytesIO(content)) as parts:
        if any(part.flag_bits & _ENCRYPTED for part in parts.infolist()):
            return True
        with parts.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(_MOST_OF_A_MANIFEST)
    return False


def _records(sheet: calamine.CalamineSheet) -> Iterator[Record]:
    """Yield the rows by their number; empty rows above and columns before are there, too."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        yield number, [restore(_text(cell)) for cell in row]


def _text(cell: Cell) -> str:
    """Return a cell as a person would have typed it."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        is_day = cell.time() == time()
        return cell.date().isoformat() if is_day else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
