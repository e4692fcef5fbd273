"""Signatures emptied, wrapped, widened, overlapped or taken from elsewhere, in the bytes."""

import re
from collections.abc import Iterator
from functools import cache

from tests.sealing import forge
from tests.sealing.mutants.mutant import Attack, Forgery

RANGE = re.compile(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+) *\]")
MESSAGE = re.compile(rb"<[0-9a-fA-F]{2000,}>")


def signatures() -> Iterator[Attack]:
    """Universal forgery, signature wrapping and overlapping ranges, for first and last."""
    for which in (0, -1):
        for title, values in _EMPTY.items():
            yield Attack(f"{title}-of-{which}", _replaced(RANGE, which, values))
        for title, values in _NO_MESSAGE.items():
            yield Attack(f"{title}-of-{which}", _replaced(MESSAGE, which, values))
        for title, numbers in _SHIFTS.items():
            yield Attack(f"{title}-of-{which}", _shifted(which, numbers))
        yield Attack(f"wrapped-of-{which}", _wrapped(which))
        yield Attack(f"foreign-message-of-{which}", _with_foreign_message(which))
        yield Attack(f"form-unknown-of-{which}", _with_unknown_form(which))
    yield Attack("messages-exchanged", _messages_exchanged)


_EMPTY = {
    "range-null": b"/ByteRange null",
    "range-empty": b"/ByteRange []",
    "range-zero": b"/ByteRange [0 0 0 0]",
    "range-negative": b"/ByteRange [0 -1 9 9]",
    "range-renamed": b"/BiteRange [0 1 2 3]",
}
_NO_MESSAGE = {
    "message-null": b"null",
    "message-empty": b"<>",
    "message-zero": b"<00>",
    "message-zeros": b"<" + b"00" * 1000 + b">",
}
_SHIFTS = {
    "starts-later": (9, -9, 0, 0),
    "overlaps": (0, 60, -30, 30),
    "gap-wider-before": (0, -40, 0, 0),
    "gap-wider-after": (0, 0, 40, -40),
    "ends-earlier": (0, 0, 0, -30),
    "ends-later": (0, 0, 0, 30),
}


def _chosen(pattern: re.Pattern[bytes], pdf: bytes, which: int) -> re.Match[bytes]:
    return list(pattern.finditer(pdf))[which]


def _put(pdf: bytes, match: re.Match[bytes], words: bytes) -> bytes:
    """Put other words into the place, without moving what follows."""
    place = words[: len(match.group())].ljust(len(match.group()))
    return pdf[: match.start()] + place + pdf[match.end() :]


def _replaced(pattern: re.Pattern[bytes], which: int, words: bytes) -> Forgery:
    return lambda pdf: _put(pdf, _chosen(pattern, pdf, which), words)


def _shifted(which: int, by: tuple[int, ...]) -> Forgery:
    def forged(pdf: bytes) -> bytes:
        match = _chosen(RANGE, pdf, which)
        numbers = [int(old) + more for old, more in zip(match.groups(), by, strict=True)]
        return _put(pdf, match, b"/ByteRange[%d %d %d %d]" % tuple(numbers))

    return forged


def _wrapped(which: int) -> Forgery:
    """Move the second stretch, and put something of one's own into the wider gap."""

    def forged(pdf: bytes) -> bytes:
        match = _chosen(RANGE, pdf, which)
        start, first, second, length = (int(number) for number in match.groups())
        more = b"\n900 0 obj\n<< /Type /Catalog >>\nendobj\n"
        moved = b"/ByteRange[%d %d %d %d]" % (start, first, second + len(more), length)
        changed = _put(pdf, match, moved)
        return changed[:second] + more + changed[second:]

    return forged


@cache
def _foreign() -> bytes:
    return forge.signed(forge.paper("Another paper."), stamped=True)


def _with_foreign_message(which: int) -> Forgery:
    def forged(pdf: bytes) -> bytes:
        match, other = _chosen(MESSAGE, pdf, which), _chosen(MESSAGE, _foreign(), 0)
        room = len(match.group()) - 2
        return _put(pdf, match, b"<" + other.group()[1:-1][:room].ljust(room, b"0") + b">")

    return forged


def _with_unknown_form(which: int) -> Forgery:
    pattern = re.compile(rb"/SubFilter ?/(?:ETSI\.CAdES\.detached|ETSI\.RFC3161)")
    return lambda pdf: _put(pdf, _chosen(pattern, pdf, which), b"/SubFilter/Adbe.x509.rsa_sha1")


def _messages_exchanged(pdf: bytes) -> bytes:
    first, second = _chosen(MESSAGE, pdf, 0), _chosen(MESSAGE, pdf, -1)
    room = min(len(first.group()), len(second.group())) - 1
    pdf = _put(pdf, first, second.group()[:room].ljust(len(first.group()) - 1, b"0") + b">")
    return _put(pdf, second, first.group()[:room].ljust(len(second.group()) - 1, b"0") + b">")
