"""What differs between two versions of a PDF as people see it: words, pages and pictures.

Boxes are in points from the top-left corner of the displayed page.
"""

import ctypes
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from types import TracebackType
from typing import Self

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from paraph.sealing.form_values import FieldValue, values_of
from paraph.sealing.report import Change

Box = tuple[float, float, float, float]

_SCALE = 0.75
_MOST_CHANGES = 200
_MOST_PICTURES = 300
"""Pages beyond this are compared by their words alone, to stay within the time of a check."""


@dataclass(frozen=True)
class Word:
    """A word and where its characters stand in the text of its page."""

    text: str
    start: int
    end: int


class Page:
    """One page as shown: its words, and a small grey picture of it."""

    def __init__(self, page: pypdfium2.PdfPage, *, with_fields: bool) -> None:
        self._page = page
        self._with_fields = with_fields

    @cached_property
    def _text(self) -> pypdfium2.PdfTextPage:
        return self._page.get_textpage()

    @cached_property
    def words(self) -> list[Word]:
        count = self._text.count_chars()
        text = self._text.get_text_range(0, count) if count else ""
        return [Word(m.group(), m.start(), m.end()) for m in re.finditer(r"\S+", text)]

    @property
    def texts(self) -> list[str]:
        return [word.text for word in self.words]

    @cached_property
    def picture(self) -> Image.Image:
        shown: Image.Image = self._page.render(
            scale=_SCALE,
            grayscale=True,
            draw_annots=self._with_fields,
            may_draw_forms=self._with_fields,
        ).to_pil()
        return shown.convert("L")

    @cached_property
    def fingerprint(self) -> bytes:
        text = "\0".join(self.texts).encode("utf-8", "replace")
        return hashlib.blake2b(text, digest_size=16).digest()

    @cached_property
    def values(self) -> dict[str, FieldValue]:
        """Return what its fields hold, by name; nothing where fields do not count."""
        held = values_of(self._page) if self._with_fields else ()
        return {each.name: each for each in held}

    def box_of_value(self, held: FieldValue) -> Box:
        """Return the box of a field."""
        (x1, y1), (x2, y2) = (
            self._displayed(held.left, held.top),
            self._displayed(held.right, held.bottom),
        )
        return _rounded(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))

    def box_of(self, words: Sequence[Word]) -> Box | None:
        """Return the box around the words."""
        corners = [corner for word in words for corner in self._corners(word)]
        if not corners:
            return None
        across, down = zip(*corners, strict=True)
        return _rounded(min(across), min(down), max(across), max(down))

    def _corners(self, word: Word) -> Iterator[tuple[float, float]]:
        for index in range(word.start, word.end):
            left, bottom, right, top = self._text.get_charbox(index)
            yield self._displayed(left, top)
            yield self._displayed(right, bottom)

    def _displayed(self, x: float, y: float) -> tuple[float, float]:
        """Map a point of the page's own space to the page as displayed, in points."""
        fine = 100
        width, height = (round(side * fine) for side in self._page.get_size())
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value / fine, down.value / fine


def _rounded(left: float, top: float, right: float, bottom: float) -> Box:
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


class Version:
    """A file opened for comparison; what its forms hold is shown on request."""

    def __init__(self, pdf: bytes, *, with_fields: bool = False) -> None:
        self._document = pypdfium2.PdfDocument(pdf)
        if with_fields:
            self._document.init_forms()
        self._with_fields = with_fields
        self._pages: dict[int, Page] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pages.clear()
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    def page(self, index: int) -> Page:
        if index not in self._pages:
            self._pages[index] = Page(self._document[index], with_fields=self._with_fields)
        return self._pages[index]

    @cached_property
    def fingerprints(self) -> list[bytes]:
        return [self.page(index).fingerprint for index in range(len(self))]


def compare(original: bytes, shown: bytes, *, with_fields: bool = False) -> list[Change]:
    """Return what a reader would find different in `shown`, page by page.

    With fields, what the forms hold counts as well; without, only the pages beneath them.
    """
    with (
        Version(original, with_fields=with_fields) as before,
        Version(shown, with_fields=with_fields) as after,
    ):
        return differences(before, after)


def differences(before: Version, after: Version) -> list[Change]:
    """Return what differs between two opened versions, the first of them at most."""
    changes: list[Change] = []
    for old, new in _pairs(before, after):
        changes += _changes_of_pair(before, after, old=old, new=new)
        if len(changes) >= _MOST_CHANGES:
            break
    return changes[:_MOST_CHANGES]


def look_alike(before: Version, after: Version) -> bool:
    """Tell whether both versions show the same pages; quicker than listing differences."""
    return len(before) == len(after) and all(
        _pages_alike(before.page(index), after.page(index), is_pictured=index < _MOST_PICTURES)
        for index in range(len(after))
    )


def _pages_alike(before: Page, after: Page, *, is_pictured: bool) -> bool:
    if is_pictured:
        return before.picture == after.picture
    return before.fingerprint == after.fingerprint


def _pairs(before: Version, after: Version) -> Iterator[tuple[int | None, int | None]]:
    """Match pages by their words, so that an inserted page does not shift all others."""
    matcher = SequenceMatcher(None, before.fingerprints, after.fingerprints, autojunk=False)
    for _, i1, i2, j1, j2 in matcher.get_opcodes():
        for step in range(max(i2 - i1, j2 - j1)):
            yield (
                i1 + step if i1 + step < i2 else None,
                j1 + step if j1 + step < j2 else None,
            )


def _changes_of_pair(
    before: Version, after: Version, *, old: int | None, new: int | None
) -> list[Change]:
    if new is None:
        assert old is not None
        return [Change(old + 1, None, "page-removed", _start_of(before.page(old)), "")]
    if old is None:
        return [Change(new + 1, None, "page-added", "", _start_of(after.page(new)))]
    first, second = before.page(old), after.page(new)
    changes = _changed_words(first, second, number=new + 1)
    changes += _changed_values(first, second, number=new + 1)
    if not changes and new < _MOST_PICTURES:
        changes = _changed_picture(first, second, number=new + 1)
    return changes


def _start_of(page: Page) -> str:
    return " ".join(page.texts[:12])


def _changed_words(old: Page, new: Page, *, number: int) -> list[Change]:
    matcher = SequenceMatcher(None, old.texts, new.texts, autojunk=False)
    changes = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            continue
        gone, come = old.words[i1:i2], new.words[j1:j2]
        box = new.box_of(come) if come else old.box_of(gone)
        changes.append(Change(number, box, "text", _joined(gone), _joined(come)))
    return changes


def _joined(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _changed_values(old: Page, new: Page, *, number: int) -> list[Change]:
    changes = []
    for name, held in {**old.values, **new.values}.items():
        before, after = (
            page.values[name].value if name in page.values else "" for page in (old, new)
        )
        if before != after:
            changes.append(Change(number, new.box_of_value(held), "text", before, after))
    return changes


def _changed_picture(old: Page, new: Page, *, number: int) -> list[Change]:
    if old.picture.size != new.picture.size:
        return [Change(number, None, "appearance", "", "")]
    area = ImageChops.difference(old.picture, new.picture).getbbox()
    if area is None:
        return []
    box = _rounded(*(side / _SCALE for side in area))
    return [Change(number, box, "appearance", "", "")]
