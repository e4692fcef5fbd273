"""Makes the bytes of a document from a template and what is known; stores nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from paraph.kit import files, sandbox

from .converting import docx_to_pdf
from .filling import snapshot, word_order
from .gathering import Known
from .intake import MOST_PIXELS, Upload, take_in
from .models import Template, TemplateVersion
from .refusals import CannotUse
from .typeset.built_in import BUILT_IN
from .typeset.compiling import typeset
from .typeset.content import content_of

INVOICE = "invoice"
_WORD = "paraph.documents.child.word"


@dataclass(frozen=True)
class Made:
    """A document that is ready to be stored."""

    pdf: bytes
    pages: list[list[float]]
    values: Mapping[str, str]
    docx: bytes = b""


@dataclass(frozen=True)
class Looked:
    """A Word template as the sandbox saw it: a tamed copy, tokens and faults with their places."""

    content: bytes
    tokens: Sequence[Mapping[str, Any]]
    faults: Sequence[Mapping[str, Any]]
    removed: Sequence[str]


def look_at(upload: Upload) -> Looked:
    """Say what a Word template names; raises ``CannotUse`` where it is none."""
    answer = _in_sandbox("looking:look", [upload.content], name=upload.name)
    found = answer.answer
    return Looked(
        content=answer.files["template.docx"],
        tokens=found["tokens"],
        faults=found["faults"],
        removed=[str(code) for code in found["removed"]],
    )


def tokens_of(template: Template, version: TemplateVersion | None) -> Sequence[str]:
    """Return what a template names."""
    if version is not None:
        tokens: list[str] = version.fields
        return tokens
    return BUILT_IN[template.built_in].tokens


def make(template: Template, version: TemplateVersion | None, known: Known, *, title: str) -> Made:
    """Make the document; raises ``CannotUse`` where a Word file cannot become a PDF here."""
    values = snapshot(tokens_of(template, version), known)
    if version is None:
        pdf = _typeset(template.built_in, known, title=title)
        return Made(pdf, measured(pdf), values)
    docx = fill_word(version, known, title=title)
    taken = take_in([Upload(f"{title}.pdf", docx_to_pdf(docx, name=title))])
    return Made(taken.original, taken.pages, values, docx)


def _typeset(key: str, known: Known, *, title: str) -> bytes:
    """Compile a template of ours; an invoice carries what machines read, where it can."""
    content = content_of(known, title=title)
    if key != INVOICE:
        return typeset(key, content | {"electronic": ""})
    from .electronic import invoice_xml, told_in_metadata  # with a library for nothing else

    xml = invoice_xml(known)
    pdf = typeset(key, content | {"electronic": xml.decode()})
    return told_in_metadata(pdf) if xml else pdf


def measured(pdf: bytes) -> list[list[float]]:
    """Return the sizes of the pages of a PDF that we typeset, which is no foreign file."""
    import pikepdf  # only here: most web processes never make a document

    with pikepdf.open(BytesIO(pdf)) as opened:
        boxes = [[float(edge) for edge in page.mediabox] for page in opened.pages]
    return [[round(right - x, 3), round(top - y, 3)] for x, y, right, top in boxes]


def fill_word(version: TemplateVersion, known: Known, *, title: str) -> bytes:
    """Return a Word template filled with what is known."""
    order = word_order(version.fields, known, title=title)
    inputs = [files.get(version.sha256), *order.pictures]
    return _in_sandbox("filling:fill", inputs, name=title, **order.options).files["filled.docx"]


def _in_sandbox(
    verb: str, inputs: Sequence[bytes], *, name: str, **options: Any
) -> sandbox.Outcome:
    try:
        return sandbox.run(f"{_WORD}.{verb}", inputs, most_pixels=MOST_PIXELS, **options)
    except sandbox.Rejected as rejected:
        raise CannotUse.because(rejected, name=name) from None
