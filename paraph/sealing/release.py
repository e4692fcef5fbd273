"""The check before release: a file we sealed is opened anew, by other means than it was
written with, before anybody gets it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Name, Pdf

from paraph.sealing.analysis.byte_ranges import ByteRange, ends_a_revision, is_sound
from paraph.sealing.draft import Paper
from paraph.sealing.opening import opened
from paraph.sealing.raw import Covered, DoesNotVerify, refuse_signature, refuse_time_stamp

if TYPE_CHECKING:
    import pypdfium2

Value = str | bool
Texts = dict[str, str]

HYPHENS = "-\x02\xad\ufffe"

# PDFium keeps global state and bears one thread at a time.
_renderer = Lock()


class NotReleasable(Exception):
    """The sealed file is not what it should be."""


@dataclass(frozen=True)
class Sealed:
    """One signature as the file shows it."""

    field: str
    byte_range: ByteRange
    contents: bytes
    sub_filter: str

    @property
    def is_time_stamp(self) -> bool:
        """A document time stamp, which signs for nobody."""
        return self.sub_filter == "/ETSI.RFC3161"


@dataclass(frozen=True)
class Place:
    """Where a field lies, in the page's own space."""

    page: int
    edges: tuple[float, float, float, float]


def check(
    file: Paper, *, expected: Mapping[str, Value], signatures: int, brought: int = 0
) -> None:
    """Raise ``NotReleasable`` unless the file is whole and shows what was entered.

    ``signatures`` counts our seals and signatures, but no time stamps. An upload that came
    with signatures ``brought`` so many bytes; what was signed in them is not judged here,
    and as its slots are no fields, nothing can be expected of them. One thread at a time.
    """
    try:
        _check(file, expected, signatures, brought)
    except NotReleasable:
        raise
    except Exception as broken:  # Whatever cannot be read must not leave the house.
        raise NotReleasable(f"The file cannot be read back: {broken}") from broken


def _check(file: Paper, expected: Mapping[str, Value], signatures: int, brought: int) -> None:
    with opened(file, attempt_recovery=False) as pdf:
        _refuse_structure(pdf)
        form = {str(field["/T"]): field for field in pdf.Root["/AcroForm"]["/Fields"]}
        ours = (one for one in _sealed(form) if one.byte_range.end > brought)
        sealed = sorted(ours, key=lambda one: one.byte_range.end)
        _refuse_values(form, expected)
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        places = {name: _place(form[name], pages) for name in expected}
    _refuse_count(sealed, signatures)
    _refuse_coverage(file, sealed)
    _refuse_cryptography(file, sealed)
    _refuse_rendering(file, expected, places)


def _refuse_structure(pdf: Pdf) -> None:
    problems = [*pdf.check_pdf_syntax(), *pdf.get_warnings()]
    if problems:
        raise NotReleasable(f"The structure is damaged: {problems[0]}")


def _sealed(form: Mapping[str, pikepdf.Object]) -> Iterator[Sealed]:
    for name, field in form.items():
        if field.get("/FT") == Name.Sig and "/V" in field:
            signature = field["/V"]
            byte_range = ByteRange.of([int(number) for number in signature["/ByteRange"]])
            if byte_range is None:
                raise NotReleasable(f"The signature in {name} says badly what it covers.")
            contents = bytes(signature["/Contents"])
            yield Sealed(name, byte_range, contents, str(signature["/SubFilter"]))


def _refuse_values(form: Mapping[str, pikepdf.Object], expected: Mapping[str, Value]) -> None:
    for name, value in expected.items():
        held = form[name].get("/V") if name in form else None
        wanted = (Name.Yes if value else Name.Off) if isinstance(value, bool) else value
        if (held or "") != wanted and not (held is not None and str(held) == str(wanted)):
            raise NotReleasable(f"The field {name} does not hold what was entered.")


def _place(field: pikepdf.Object, pages: Mapping[tuple[int, int], int]) -> Place:
    left, bottom, right, top = (float(edge) for edge in field["/Rect"])
    return Place(pages[field["/P"].objgen], (left, bottom, right, top))


def _refuse_count(sealed: Sequence[Sealed], signatures: int) -> None:
    found = sum(not one.is_time_stamp for one in sealed)
    if found != signatures:
        raise NotReleasable(f"There are {found} signatures instead of {signatures}.")


def _refuse_coverage(file: Paper, sealed: Sequence[Sealed]) -> None:
    """Each covers its whole revision but its own hole; the last one covers the file."""
    for one in sealed:
        whole = is_sound(one.byte_range, data=file, contents=one.contents)
        if not whole or not ends_a_revision(one.byte_range, data=file):
            raise NotReleasable(f"The signature in {one.field} leaves bytes uncovered.")
    if sealed and sealed[-1].byte_range.end != len(file):
        raise NotReleasable("Something follows the last signature.")


def _refuse_cryptography(file: Paper, sealed: Sequence[Sealed]) -> None:
    covered = Covered(file)
    for one in sealed:
        digest = covered.digest(one.byte_range)
        refuse = refuse_time_stamp if one.is_time_stamp else refuse_signature
        try:
            refuse(one.contents, digest=digest)
        except DoesNotVerify as reason:
            raise NotReleasable(f"The signature in {one.field} does not verify.") from reason


def _refuse_rendering(
    file: Paper, expected: Mapping[str, Value], places: Mapping[str, Place]
) -> None:
    """What people read on the page is what was entered."""
    written = {name: value for name, value in expected.items() if isinstance(value, str)}
    before, after = _readings(file, {name: places[name] for name in written})
    for name, value in written.items():
        if not _was_added(value, before=before[name], after=after[name]):
            raise NotReleasable(f"The field {name} does not show what was entered.")


def _was_added(value: str, *, before: str, after: str) -> bool:
    """Whether the page reads as before with exactly this value added.

    A field may lie over words or dotted lines of the document itself.
    """
    added = _letters(value)
    return added in _letters(after) and Counter(_letters(before) + added) == Counter(
        _letters(after)
    )


def _readings(file: Paper, places: Mapping[str, Place]) -> tuple[Texts, Texts]:
    """What stands at each place without the form, and with it."""
    import pypdfium2  # only here: a process that seals nothing does without

    before: Texts = {}
    after: Texts = {}
    with _renderer:
        document = pypdfium2.PdfDocument(file if isinstance(file, bytes) else file.file)
        try:
            document.init_forms()
            for page in {place.page for place in places.values()}:
                here = {name: place for name, place in places.items() if place.page == page}
                before |= _read(document[page], here)
                # Flattened, the appearances of the fields become text of the page.
                document[page].flatten()
                after |= _read(document[page], here)
        finally:
            document.close()
    return before, after


def _read(page: pypdfium2.PdfPage, places: Mapping[str, Place]) -> Texts:
    text = page.get_textpage()
    return {name: text.get_text_bounded(*place.edges) for name, place in places.items()}


def _letters(text: str) -> str:
    """The letters alone: where lines break is the page's business.

    PDFium puts marks of its own where a line ends in a hyphen.
    """
    plain = unicodedata.normalize("NFKC", text)
    return "".join(letter for letter in plain if not letter.isspace() and letter not in HYPHENS)
