"""Setting text with the embedded font: what can be written, where lines break, how large."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from paraph.sealing.model import EmbeddedFont

LEADING = 1.2
SMALLEST = 3.0
SHRINK = 0.94
PADDING = 2.0
# Height of a capital letter in Noto Sans, by which a single line is centred.
CAPITAL = 0.714


@dataclass(frozen=True)
class Setting:
    """Lines and their size; ``is_whole`` unless even the smallest size is too large."""

    lines: Sequence[str]
    size: float
    is_whole: bool = True


def cleaned(text: str) -> str:
    """Composed letters, plain line ends, and spaces instead of other white space."""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character if character == "\n" or not character.isspace() else " "
        for character in composed
    )


def unwritable(text: str, *, font: EmbeddedFont) -> str:
    """The characters of a text that the font lacks, each once."""
    missing = set(cleaned(text)) - font.glyphs.keys() - {"\n"}
    return "".join(sorted(missing))


def writable(text: str, *, font: EmbeddedFont) -> str:
    """The text with a question mark for each character that the font lacks."""
    known = {"\n", *font.glyphs}
    return "".join(letter if letter in known else "?" for letter in cleaned(text))


def encoded(line: str, *, font: EmbeddedFont) -> str:
    """A line as the hexadecimal string that shows it."""
    glyphs = font.glyphs
    return "<" + "".join([f"{glyphs[character][0]:04X}" for character in line]) + ">"


def width(line: str, *, font: EmbeddedFont, size: float) -> float:
    """How wide a line gets."""
    glyphs = font.glyphs
    return sum([glyphs[character][1] for character in line]) * size / 1000


def fit(text: str, *, font: EmbeddedFont, room: tuple[float, float], size: float) -> Setting:
    """Break a writable text into lines and make it smaller until it fits its room."""
    across, down = room[0] - 2 * PADDING, max(room[1] - PADDING, SMALLEST)
    paragraphs = cleaned(text).strip("\n").split("\n")
    while size > SMALLEST:
        lines = _broken(paragraphs, font=font, size=size, across=across)
        is_low = len(lines) * size * LEADING <= max(down, size * LEADING)
        if is_low and all(width(line, font=font, size=size) <= across for line in lines):
            return Setting(lines, size)
        size *= SHRINK
    lines = _broken(paragraphs, font=font, size=SMALLEST, across=across)
    return Setting(lines, SMALLEST, is_whole=False)


def _broken(
    paragraphs: Sequence[str], *, font: EmbeddedFont, size: float, across: float
) -> list[str]:
    lines = []
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width(longer, font=font, size=size) > across:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def drawn(
    setting: Setting, *, font: EmbeddedFont, resource: str, top: float, left: float = PADDING
) -> str:
    """Content that shows the lines, the first one's ascenders touching ``top``."""
    step = setting.size * LEADING
    first = top - setting.size * (font.ascent / 1000) * 0.9
    rows = " T* ".join(f"{encoded(line, font=font)} Tj" for line in setting.lines)
    return (
        f"BT /{resource} {setting.size:.2f} Tf 0 g {step:.2f} TL "
        f"{left:.2f} {first:.2f} Td {rows} ET"
    )


def centred(setting: Setting, *, font: EmbeddedFont, resource: str, height: float) -> str:
    """Content that shows a value: one line in the middle, several from the top."""
    if len(setting.lines) > 1:
        return drawn(setting, font=font, resource=resource, top=height - PADDING / 2)
    baseline = (height - CAPITAL * setting.size) / 2
    top = baseline + setting.size * (font.ascent / 1000) * 0.9
    return drawn(setting, font=font, resource=resource, top=top)
