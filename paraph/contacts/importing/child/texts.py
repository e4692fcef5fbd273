"""Reads CSV of any encoding and separator."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from itertools import chain

from paraph.kit.child.refusing import Refusal
from paraph.kit.tables import restore

from .found import Found, Record

SEPARATORS = ";,\t|"
_NEVER = "\0"
"""What no text has: behind the last line, it tells whether that line is over."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# By encoding, the letters of languages that it is used for; the likelier come first. General
# detectors take a short list of French names for Czech.
_LANGUAGES = [
    ("cp1252", "àâçéèêëîïôùûüÿœæ"),
    ("cp1252", "áéíóúüñãõâêôàçìòè"),
    ("cp1252", "äöüßé"),
    ("cp1252", "åäöøæéü"),
    ("cp1250", "ąćęłńóśźż"),
    ("cp1250", "áčďéěíľĺňóôŕřšťúůýž"),
    ("cp1250", "áéíóöőúüű"),
    ("iso8859_2", "ąćęłńóśźż"),
    ("cp1251", "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ"),
    ("mac_roman", "àâçéèêëîïôùûüÿœæ"),
]
_SIGNS = "’‘“”«»–—…€°№\xa0"
_BEGINNING = 400
_SAMPLE_ROWS = 60
_SAMPLE_LETTERS = 200_000
_MOST_LETTERS = 1_000_000  # of one cell

csv.field_size_limit(_MOST_LETTERS)


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding), encoding
    if wide := _wide(content):
        return _decoded(content, wide), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = _guessed(content)
        return _decoded(content, encoding), encoding


def read(text: str, *, encoding: str) -> Found:
    """Find the separator and read the records."""
    if "\0" in text:
        raise Refusal("not-a-table")
    text, told = _told(text)
    separator = told or _separator(text)
    return Found("csv", _records(text, separator), encoding=encoding, separator=separator)


def _wide(content: bytes) -> str:
    """Name UTF-16 without a mark: of our letters, every other byte is nothing."""
    first, second = content[:_BEGINNING:2].count(0), content[1:_BEGINNING:2].count(0)
    if min(first, second) or max(first, second) < min(len(content), _BEGINNING) / 4:
        return ""
    return "utf-16-be" if first else "utf-16-le"


def _guessed(content: bytes) -> str:
    """Return the one-byte encoding in which the letters are those of one language."""
    lines = [line for line in content.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE_LETTERS]
    return max(_LANGUAGES, key=lambda language: _likelihood(sample, *language))[0]


def _likelihood(sample: bytes, encoding: str, letters: str) -> float:
    text = sample.decode(encoding, errors="replace").lower()
    foreign = [letter for letter in text if not letter.isascii() and letter not in _SIGNS]
    return sum(letter in letters for letter in foreign) / len(foreign) if foreign else 0.5


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode(encoding, errors="replace")


def _told(text: str) -> tuple[str, str]:
    """Obey a first line ``sep=;``, which Excel writes and reads; an empty line takes its place."""
    first, _end, rest = text.partition("\n")
    first = first.strip('"\r')
    if first.lower().startswith("sep=") and first[4:5] and not first[5:].strip():
        return "\n" + rest, first[4]
    return text, ""


def _separator(text: str) -> str:
    """Return the separator that divides most lines into the same number of columns."""
    sample = text[:_SAMPLE_LETTERS]
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> tuple[float, int]:
    rows: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator):
            if row:
                rows.append(len(row))
            if len(rows) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0.0, 0
    width, times = Counter(rows).most_common(1)[0] if rows else (1, 0)
    return (times / len(rows), width) if width > 1 else (0.0, 0)


def _records(text: str, separator: str) -> Iterator[Record]:
    lines = chain(io.StringIO(text, newline=""), [_NEVER])
    reader = csv.reader(lines, delimiter=separator)
    begins = 1
    try:
        for row in reader:
            if row == [_NEVER]:
                return
            if row and row[-1].endswith(_NEVER):
                raise Refusal("open-quotation", line=begins)
            yield begins, [restore(cell) for cell in row]
            begins = reader.line_num + 1
    except csv.Error:
        raise Refusal("broken-line", line=begins) from None
