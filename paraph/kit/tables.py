"""Tables for spreadsheet programs: CSV and XLSX, row by row, with formulas made harmless."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

SEMICOLON_LANGUAGES = {"fr", "pl"}
"""Where a comma divides decimals, Excel divides columns at semicolons."""

_E164 = re.compile(r"\+[1-9]\d{6,14}")
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r]")
_MADE_HARMLESS = re.compile(r"'(?:'|\s*[=+\-@＝＋－＠]|[\t\r])")
_MOST_LETTERS = 32_767  # of one cell of XLSX
_LINES_AT_ONCE = 500


def neutralise(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula.

    It gets a leading apostrophe, one more where it has one already. Phone numbers as we keep
    them (E.164) stay as they are: they hold nothing but a sign and digits.
    """
    if text[:1].isalnum():  # nearly all; the rest is looked at closely
        return text
    if text.startswith("'") or (_FORMULA.match(text) and not _E164.fullmatch(text)):
        return "'" + text
    return text


def restore(text: str) -> str:
    """Take off the apostrophe that ``neutralise`` has put, and no other."""
    return text[1:] if _MADE_HARMLESS.match(text) else text


def csv_lines(rows: Iterable[Sequence[str]], *, language: str) -> Iterator[bytes]:
    """Write CSV as the reader's Excel opens it by a double click: UTF-8 with its mark."""
    separator = ";" if language in SEMICOLON_LANGUAGES else ","
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=separator)
    kept.write("\ufeff")
    for number, row in enumerate(rows):
        writer.writerow([neutralise(cell) for cell in row])
        if number % _LINES_AT_ONCE == 0:
            yield _taken(kept)
    yield _taken(kept)


def write_xlsx(
    rows: Iterable[Sequence[str]], file: BinaryIO, *, title: str, widths: Sequence[int]
) -> None:
    """Write one sheet of texts, its first row as the heading; memory does not grow with it."""
    import xlsxwriter  # only here: few processes ever write a sheet

    quiet = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {"constant_memory": True, **quiet})
    sheet = book.add_worksheet(title[:31])
    heading = book.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell:
                text = neutralise(cell)[:_MOST_LETTERS]
                sheet.write_string(line, column, text, heading if line == 0 else None)
    book.close()


def _taken(kept: io.StringIO) -> bytes:
    written = kept.getvalue()
    kept.seek(0)
    kept.truncate()
    return written.encode()
