"""Takes in what people upload: checked and rewritten in the sandbox, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings

from paraph.kit import sandbox

from .converting import office_to_pdf
from .kinds import OFFICE, PICTURES, Kind, kind_of
from .refusals import CannotUse

MOST_PAGES = 2_000
MOST_PIXELS = 40_000_000
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """One file as it came, and what its owner calls it."""

    name: str
    content: bytes


@dataclass(frozen=True)
class TakenIn:
    """A document that can be used: its bytes, and what is known about them."""

    original: bytes
    pages: list[list[float]]
    removed: list[str]
    was_signed: bool


def take_in(files: Sequence[Upload]) -> TakenIn:
    """Make one document of a PDF, an office document, or pictures in order; or ``CannotUse``."""
    kinds = [_usable(file) for file in files]
    if not kinds:
        raise CannotUse("nothing", name="")
    if len(files) > 1 and not set(kinds) <= set(PICTURES):
        raise CannotUse("mixed", name=files[0].name)
    if kinds[0] in OFFICE:
        return _office(files[0], kinds[0])
    outcome = _in_sandbox("pdf:take" if kinds[0] is Kind.PDF else "images:take", files)
    was_signed = bool(outcome.answer["was_signed"])
    original = files[0].content if was_signed else outcome.files["original.pdf"]
    return _taken(outcome, original, outcome.answer["removed"])


def _office(file: Upload, kind: Kind) -> TakenIn:
    """What LibreOffice made of a stranger's document is as foreign as the document."""
    pdf, removed = office_to_pdf(file.content, kind=kind, name=file.name)
    outcome = _in_sandbox("pdf:take", [Upload(file.name, pdf)])
    return _taken(outcome, outcome.files["original.pdf"], removed)


def _taken(outcome: sandbox.Outcome, original: bytes, removed: Sequence[object]) -> TakenIn:
    return TakenIn(
        original=original,
        pages=[[float(width), float(height)] for width, height in outcome.answer["pages"]],
        removed=[str(code) for code in removed],
        was_signed=bool(outcome.answer["was_signed"]),
    )


def title_from(name: str) -> str:
    """Suggest a title: the file's name without folders and ending."""
    return PurePath(name.replace("\\", "/")).stem.replace("_", " ").strip()[:200]


def refuse_size(file: Upload, *, most: int) -> None:
    """Refuse a file of more than that many bytes."""
    if len(file.content) > most:
        raise CannotUse("too-large", name=file.name, most=most // _MEGABYTE)


def _usable(file: Upload) -> Kind:
    refuse_size(file, most=settings.UPLOAD_BYTES)
    kind = kind_of(file.content)
    if kind not in (Kind.PDF, *PICTURES, *OFFICE):
        raise CannotUse(kind.value, name=file.name)
    return kind


def _in_sandbox(verb: str, files: Sequence[Upload]) -> sandbox.Outcome:
    contents = [file.content for file in files]
    try:
        verb = f"paraph.documents.child.{verb}"
        return sandbox.run(verb, contents, most_pages=MOST_PAGES, most_pixels=MOST_PIXELS)
    except sandbox.Rejected as rejected:
        raise CannotUse.because(rejected, name=files[0].name) from None
