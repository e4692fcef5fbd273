"""Takes words out of a page's drawing; what stands around them stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Operator, Stream, String

from .typefaces import Typeface, typeface_of

_SHOWING = frozenset({"Tj", "TJ", "'", '"'})
_MOST_FORMS = 200

Instruction = tuple[list[Object], Operator]


@dataclass(frozen=True)
class Setting:
    """How text is set where it stands."""

    face: Typeface | None = None
    size: float = 1.0
    letter_space: float = 0.0
    word_space: float = 0.0


@dataclass
class Glyph:
    """One code of a string that is shown; ``text`` is what it says."""

    code: bytes
    text: str
    setting: Setting
    is_gone: bool = False


@dataclass
class Shown:
    """One instruction that shows text: glyphs, and shifts between them."""

    at: int  # its place among the instructions
    parts: list[Glyph | Decimal] = field(default_factory=list)

    @property
    def glyphs(self) -> Iterator[Glyph]:
        return (part for part in self.parts if isinstance(part, Glyph))


def unwrite(pdf: pikepdf.Pdf, page: pikepdf.Page, pattern: re.Pattern[str]) -> int:
    """Take every match out of the page and of what it draws; return how many there were."""
    waiting: list[pikepdf.Page | Stream] = [page]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting and len(seen) < _MOST_FORMS:
        place = waiting.pop()
        resources = _resources(place)
        found, content = _unwritten(place, resources, pattern)
        count += found
        if found and isinstance(place, pikepdf.Page):
            place.obj.Contents = pdf.make_stream(content)
        elif found and isinstance(place, Stream):
            place.write(content)
        for form in _forms(resources):
            if form.objgen not in seen:
                seen.add(form.objgen)
                waiting.append(form)
    return count


def _unwritten(
    place: pikepdf.Page | Stream, resources: Object, pattern: re.Pattern[str]
) -> tuple[int, bytes]:
    instructions: list[Instruction] = [
        (list(it.operands), it.operator)
        for it in pikepdf.parse_content_stream(place)
        if isinstance(it, pikepdf.ContentStreamInstruction)
    ]
    if len(instructions) != len(pikepdf.parse_content_stream(place)):
        return 0, b""  # it holds pictures between its instructions: left alone
    shown = list(_shown(instructions, resources))
    count = _mark(shown, pattern)
    if not count:
        return 0, b""
    for piece in reversed(shown):
        if any(glyph.is_gone for glyph in piece.glyphs):
            instructions[piece.at : piece.at + 1] = _anew(piece, instructions[piece.at])
    _forget_spoken(instructions, pattern)
    return count, pikepdf.unparse_content_stream(instructions)


def _mark(shown: Sequence[Shown], pattern: re.Pattern[str]) -> int:
    """Say of each glyph of a match that it goes, where what follows can stay in its place."""
    glyphs = [glyph for piece in shown for glyph in piece.glyphs]
    text, owners = "", list[int]()
    for number, glyph in enumerate(glyphs):
        text += glyph.text
        owners += [number] * len(glyph.text)
    count = 0
    for match in pattern.finditer(text):
        gone = glyphs[owners[match.start()] : owners[match.end() - 1] + 1]
        if all(it.setting.face and it.setting.face.knows_width(it.code) for it in gone):
            count += 1
            for glyph in gone:
                glyph.is_gone = True
    return count


def _anew(piece: Shown, was: Instruction) -> list[Instruction]:
    """Return the instruction without what goes; a shift stands where it was."""
    said: list[Object | Decimal] = []
    for part in piece.parts:
        if isinstance(part, Decimal):
            said.append(part)
        elif part.is_gone:
            said.append(Decimal(f"{-_width(part):.2f}"))
        elif said and isinstance(said[-1], String):
            said[-1] = String(bytes(said[-1]) + part.code)
        else:
            said.append(String(part.code))
    operands, operator = was
    before: list[Instruction] = []
    if str(operator) == '"':
        before = [([operands[0]], Operator("Tw")), ([operands[1]], Operator("Tc"))]
    if str(operator) in ("'", '"'):
        before.append(([], Operator("T*")))
    return [*before, ([Array(said)], Operator("TJ"))]


def _width(glyph: Glyph) -> float:
    """Return how far a glyph moves what follows, in thousandths of the size."""
    setting = glyph.setting
    width = setting.face.width(glyph.code) if setting.face else 0.0
    space = setting.letter_space + (setting.word_space if glyph.code == b" " else 0.0)
    return width + space * 1000 / (setting.size or 1.0)


def _shown(instructions: Sequence[Instruction], resources: Object) -> Iterator[Shown]:
    """Follow how text is set, and yield what is shown."""
    fonts = resources.get("/Font", Dictionary())
    faces: dict[str, Typeface] = {}
    setting, kept = Setting(), list[Setting]()
    for at, (operands, operator) in enumerate(instructions):
        name = str(operator)
        if name == "q":
            kept.append(setting)
        elif name == "Q":
            setting = kept.pop() if kept else setting
        elif name in ("Tf", "Tc", "Tw", '"'):
            setting = _set(setting, name, operands, fonts=fonts, faces=faces)
        if name in _SHOWING and setting.face:
            yield Shown(at, _parts(operands[-1], setting))


def _set(
    setting: Setting,
    name: str,
    operands: Sequence[Object],
    *,
    fonts: Object,
    faces: dict[str, Typeface],
) -> Setting:
    face, size = setting.face, setting.size
    letter, word = setting.letter_space, setting.word_space
    if name == "Tf":
        key = str(operands[0])
        if key not in faces and key in fonts:
            faces[key] = typeface_of(fonts[key])
        face, size = faces.get(key), float(operands[1])
    elif name == "Tc":
        letter = float(operands[0])
    elif name == "Tw":
        word = float(operands[0])
    else:
        word, letter = float(operands[0]), float(operands[1])
    return Setting(face, size, letter, word)


def _parts(said: Object, setting: Setting) -> list[Glyph | Decimal]:
    parts: list[Glyph | Decimal] = []
    for it in said if isinstance(said, Array) else [said]:
        if isinstance(it, String) and setting.face:
            parts += [Glyph(code, text, setting) for code, text in setting.face.read(bytes(it))]
        elif not isinstance(it, String):
            parts.append(Decimal(str(it)))
    return parts


def _forget_spoken(instructions: list[Instruction], pattern: re.Pattern[str]) -> None:
    """Take a match out of what is to be read aloud instead of the glyphs."""
    for operands, operator in instructions:
        if str(operator) != "BDC" or not isinstance(operands[-1], Dictionary):
            continue
        spoken = operands[-1].get("/ActualText")
        if spoken is not None and "{{" in str(spoken):
            operands[-1].ActualText = String(pattern.sub("", str(spoken)))


def _resources(place: pikepdf.Page | Stream) -> Object:
    return place.get("/Resources", Dictionary())


def _forms(resources: Object) -> Iterator[Stream]:
    for it in dict(resources.get("/XObject", Dictionary()).items()).values():
        if isinstance(it, Stream) and it.get("/Subtype") == Name.Form:
            yield it
