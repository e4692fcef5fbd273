"""A PDF opened to be looked at: its words with their boxes, its fields, and small pictures.

Boxes are in points from the top-left corner of the displayed page.
"""

import ctypes
import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from types import TracebackType
from typing import Self

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from paraph.sealing.form_values import FieldValue, values_of
from paraph.sealing.seen.boxes import Box, around, is_inside
from paraph.sealing.seen.words import Word, words_in

SCALE = 0.75
_FINE = 100
_INK = 40
_LARGE = 2_000_000  # square points; A3 has one million


class Page:
    """One page as shown: its words, what its fields hold, and a small grey picture of it."""

    def __init__(self, version: "Version", index: int) -> None:
        self._version = version
        self._with_fields = version.with_fields
        self.index = index
        self.number = index + 1
        self._page = version.load(index)

    @cached_property
    def flat(self) -> pypdfium2.PdfPage:
        """The page with its notes and fields drawn into it, where these count."""
        return self._version.flattened(self.index) if self._with_fields else self._page

    @cached_property
    def _text(self) -> pypdfium2.PdfTextPage:
        return self.flat.get_textpage()

    @cached_property
    def size(self) -> tuple[float, float]:
        width, height = self._page.get_size()
        return round(width, 1), round(height, 1)

    @cached_property
    def rotation(self) -> int:
        return int(self._page.get_rotation())

    @cached_property
    def words(self) -> list[Word]:
        count = self._text.count_chars()
        text = self._text.get_text_range(0, count) if count else ""
        return list(words_in(text))

    @property
    def texts(self) -> list[str]:
        return [unicodedata.normalize("NFKC", word.text) for word in self.words]

    @cached_property
    def picture(self) -> Image.Image:
        return self.drawn(scale=SCALE)

    @property
    def is_large(self) -> bool:
        """Tell whether drawing it finely would take more memory than a check has."""
        return self.size[0] * self.size[1] > _LARGE

    def drawn(self, *, scale: float, grey: bool = True) -> Image.Image:
        """Draw the page, in so many pixels a point."""
        shown: Image.Image = self._page.render(
            scale=scale,
            grayscale=grey,
            draw_annots=self._with_fields,
            may_draw_forms=self._with_fields,
        ).to_pil()
        return shown.convert("L" if grey else "RGB")

    @cached_property
    def fingerprint(self) -> bytes:
        text = "\0".join(self.texts).encode("utf-8", "replace")
        return hashlib.blake2b(text, digest_size=16).digest()

    @cached_property
    def values(self) -> dict[str, FieldValue]:
        """Return what its fields hold, by name; nothing where fields do not count."""
        held = values_of(self._page) if self._with_fields else ()
        return {each.name: each for each in held}

    @cached_property
    def images(self) -> list[Box]:
        """Return the boxes of the pictures on it."""
        found = self.flat.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=4)
        return [self._turned(*each.get_bounds()) for each in found]

    def box_of_value(self, held: FieldValue) -> Box:
        """Return the box of a field."""
        return self._turned(held.left, held.bottom, held.right, held.top)

    def box_of(self, words: Sequence[Word]) -> Box | None:
        """Return the box around the words."""
        return around([box for word in words for box in self.letters_of(word)])

    def letters_of(self, word: Word) -> Iterator[Box]:
        """Return the box of each letter."""
        for index in range(word.start, word.end):
            left, bottom, right, top = self._text.get_charbox(index)
            yield self._turned(left, bottom, right, top)

    @cached_property
    def boxes(self) -> list[Box | None]:
        """Return the box of each of its words."""
        return [self.box_of([word]) for word in self.words]

    def has_ink(self, box: Box) -> bool:
        """Tell whether anything can be seen in that place."""
        left, top, width, height = (side * SCALE for side in box)
        corners = (int(left), int(top), int(left + width) + 2, int(top + height) + 2)
        if not is_inside(box, (0, 0, *self.size)):
            return False
        darkest, brightest = self.picture.crop(corners).getextrema()
        return float(brightest) - float(darkest) > _INK  # type: ignore[arg-type]  # grey: one band

    def _turned(self, left: float, bottom: float, right: float, top: float) -> Box:
        (x1, y1), (x2, y2) = self._displayed(left, top), self._displayed(right, bottom)
        corners = min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)
        return _rounded(*corners)

    def _displayed(self, x: float, y: float) -> tuple[float, float]:
        """Map a point of the page's own space to the page as displayed, in points."""
        width, height = (round(side * _FINE) for side in self._page.get_size())
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(self._page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value / _FINE, down.value / _FINE


def _rounded(left: float, top: float, right: float, bottom: float) -> Box:
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


class Version:
    """A file opened for comparison; what its forms hold is shown on request."""

    def __init__(self, pdf: bytes, *, with_fields: bool = False) -> None:
        self._pdf = pdf
        self._document = pypdfium2.PdfDocument(pdf)
        self.with_fields = with_fields
        if with_fields:
            self._document.init_forms()
        self._pages: dict[int, Page] = {}
        self._flat: pypdfium2.PdfDocument | None = None

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
        if self._flat is not None:
            self._flat.close()

    def __len__(self) -> int:
        return len(self._document)

    def load(self, index: int) -> pypdfium2.PdfPage:
        return self._document[index]

    def flattened(self, index: int) -> pypdfium2.PdfPage:
        """Return a page with notes and fields drawn into it, so that their words are read."""
        if self._flat is None:
            self._flat = pypdfium2.PdfDocument(self._pdf)
        page = self._flat[index]
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        return self._flat[index]

    def page(self, index: int) -> Page:
        if index not in self._pages:
            self._pages[index] = Page(self, index)
        return self._pages[index]

    @cached_property
    def fingerprints(self) -> list[bytes]:
        return [self.page(index).fingerprint for index in range(len(self))]

    @cached_property
    def attachments(self) -> int:
        return int(pdfium.FPDFDoc_GetAttachmentCount(self._document.raw))

    @cached_property
    def scripts(self) -> int:
        return int(pdfium.FPDFDoc_GetJavaScriptActionCount(self._document.raw))

    @cached_property
    def title(self) -> str:
        return str(self._document.get_metadata_value("Title"))
