"""Which bytes a signature covers, read from the bytes alone; no parser is believed here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paraph.sealing.draft import Cuttable

_BYTE_RANGE = re.compile(
    rb"/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]"
)
_HEX_STRING = re.compile(rb"<[0-9A-Fa-f\s]*>")
_END_OF_REVISION = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF(?:\r\n|\r|\n)?\Z")

_INDEFINITE = b"\x80"


@dataclass(frozen=True)
class ByteRange:
    """The two stretches of a file that a signature covers, and the gap between them."""

    start: int
    gap_start: int
    gap_end: int
    end: int

    @classmethod
    def of(cls, numbers: Sequence[int]) -> "ByteRange | None":
        """Read the four numbers of /ByteRange; none when they are not four."""
        if len(numbers) != 4:
            return None
        start, first, second_start, second = (int(number) for number in numbers)
        return cls(start, start + first, second_start, second_start + second)

    def lies_within(self, size: int) -> bool:
        return 0 <= self.start < self.gap_start < self.gap_end < self.end <= size

    def gap(self, data: Cuttable) -> bytes:
        """Return the bytes between the two stretches, which are not signed."""
        return data[self.gap_start : self.gap_end]

    def covered(self, data: bytes) -> bytes:
        """Return the signed bytes."""
        return data[self.start : self.gap_start] + data[self.gap_end : self.end]


def is_sound(byte_range: ByteRange | None, *, data: Cuttable, contents: bytes) -> bool:
    """Tell whether all is covered from the first byte on but the signature's own string.

    The gap must be exactly the hexadecimal string that the parser read as /Contents: a wider
    one hides bytes (signature wrapping), another one shows a foreign signature.
    """
    if byte_range is None or byte_range.start != 0 or not byte_range.lies_within(len(data)):
        return False
    gap = byte_range.gap(data)
    return bool(_HEX_STRING.fullmatch(gap)) and _decoded(gap) == contents


def holds_only(message_length: int, *, byte_range: ByteRange, data: bytes) -> bool:
    """Tell whether the gap holds a message of that length, zeros, and nothing else.

    No signature covers these bytes, so any freedom in writing them is closed: padding other
    than zeros, and digits in upper and lower case mixed. Messages of indefinite length, which
    PAdES does not allow, come from older writers that leave remains behind them.
    """
    gap = byte_range.gap(data)
    message = _decoded(gap)
    is_clean = message[1:2] == _INDEFINITE or not message[message_length:].strip(b"\0")
    return is_clean and gap in (gap.upper(), gap.lower())


def ends_a_revision(byte_range: ByteRange, *, data: Cuttable) -> bool:
    """Tell whether the last covered bytes are those that end a version of the file."""
    return end_of_revision(data[max(0, byte_range.end - 64) : byte_range.end]) is not None


def end_of_revision(data: bytes) -> int | None:
    """Return the startxref that the file closes with; none when it closes otherwise."""
    match = _END_OF_REVISION.search(data[-64:])
    return int(match.group(1)) if match else None


def ranges_in(data: bytes) -> Iterator[ByteRange]:
    """Find the signatures that lie in the bytes, whether the file still shows them or not.

    The signed bytes may reach beyond the end of a file that was cut. A signed file within the
    file does not count: its ranges do not meet a string here.
    """
    for match in _BYTE_RANGE.finditer(data):
        found = ByteRange.of([int(number) for number in match.groups()])
        if found and found.start == 0 < found.gap_start < found.gap_end < found.end:
            gap = found.gap(data)
            if len(gap) == found.gap_end - found.gap_start and _HEX_STRING.fullmatch(gap):
                yield found


def _decoded(gap: bytes) -> bytes:
    digits = b"".join(gap[1:-1].split()).decode()
    return bytes.fromhex(digits + "0" * (len(digits) % 2))
