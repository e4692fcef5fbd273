"""Keeps a JPEG as it was compressed, and nothing of what its camera wrote around the picture."""

from __future__ import annotations

from collections.abc import Iterator

_START, _END = b"\xff\xd8", b"\xff\xd9"
_SCAN = 0xDA
_COLOURS = 0xEE  # Adobe's mark tells how colours are kept; the picture is wrong without it
_JFIF = 0xE0
_SAID = {*range(0xE0, 0xF0), 0xFE}  # what applications and people wrote
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}


def bare(content: bytes) -> bytes | None:
    """Return the picture without metadata and whatever follows it; nothing for an odd file."""
    if not content.startswith(_START):
        return None
    try:
        kept = b"".join(_segments(content))
    except (IndexError, ValueError):
        return None
    return _START + kept


def _segments(content: bytes) -> Iterator[bytes]:
    """Yield what the picture needs: tables and frames up to the first scan, then all scans."""
    position = len(_START)
    while True:
        if content[position] != 0xFF:
            raise ValueError("A segment must begin here.")
        mark = content[position + 1]
        if mark == 0xFF:  # a filling byte
            position += 1
            continue
        if mark == _SCAN:
            yield content[position : content.rindex(_END) + len(_END)]
            return
        length = 0 if mark in _WITHOUT_LENGTH else _length(content, position + 2)
        if mark not in _SAID or mark in {_JFIF, _COLOURS}:
            yield content[position : position + 2 + length]
        position += 2 + length


def _length(content: bytes, position: int) -> int:
    length = int.from_bytes(content[position : position + 2], "big")
    if length < 2:
        raise ValueError("A segment has at least its length.")
    return length
