"""Takes in what people upload: checked and rewritten in the sandbox, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.conf import settings

from paraph.kit import sandbox

from .kinds import PICTURES, Kind, kind_of
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
    """Make one document of a PDF, or of pictures in their order; raises ``CannotUse``."""
    kinds = {_usable(file) for file in files}
    if not kinds:
        raise CannotUse("nothing", name="")
    if Kind.PDF in kinds and len(files) > 1:
        raise CannotUse("mixed", name=files[0].name)
    is_pdf = Kind.PDF in kinds
    outcome = _in_sandbox("pdf:take" if is_pdf else "images:take", files)
    was_signed = bool(outcome.answer["was_signed"])
    return TakenIn(
        original=files[0].content if was_signed else outcome.files["original.pdf"],
        pages=[[float(width), float(height)] for width, height in outcome.answer["pages"]],
        removed=[str(code) for code in outcome.answer["removed"]],
        was_signed=was_signed,
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
    if kind is not Kind.PDF and kind not in PICTURES:
        raise CannotUse(kind.value, name=file.name)
    return kind


def _in_sandbox(verb: str, files: Sequence[Upload]) -> sandbox.Outcome:
    contents = [file.content for file in files]
    try:
        verb = f"paraph.documents.child.{verb}"
        return sandbox.run(verb, contents, most_pages=MOST_PAGES, most_pixels=MOST_PIXELS)
    except sandbox.Rejected as rejected:
        raise CannotUse.because(rejected, name=files[0].name) from None
