"""An eye of its own: which pages of a file look different, by PDFium alone."""

from functools import cache

import pypdfium2
from PIL import Image, ImageChops

_SCALE = 0.6
_FAINT, _SPECK = 40, 6


@cache
def original(pdf: bytes) -> tuple[Image.Image, ...]:
    """Return the pages of a file that many mutants are made of."""
    return tuple(pages_of(pdf) or ())


def pages_of(pdf: bytes) -> list[Image.Image] | None:
    """Return the pages as a viewer shows them; none where it shows nothing."""
    try:
        opened = pypdfium2.PdfDocument(pdf)
        opened.init_forms()
        shown = [page.render(scale=_SCALE, may_draw_forms=True).to_pil() for page in opened]
    except pypdfium2.PdfiumError:
        return None
    opened.close()
    return [each.convert("L") for each in shown]


def different_pages(before: bytes, after: bytes) -> set[int]:
    """Return the numbers of pages that look different, counted from 1.

    A file that no viewer shows looks like nothing at all, and fools nobody.
    """
    old, new = original(before), pages_of(after)
    if new is None:
        return set()
    longest = max(len(old), len(new))
    return {
        number + 1
        for number in range(longest)
        if number >= min(len(old), len(new)) or _differ(old[number], new[number])
    }


def _differ(old: Image.Image, new: Image.Image) -> bool:
    if old.size != new.size:
        return True
    mask = ImageChops.difference(old, new).point(lambda value: value > _FAINT and 255)
    return mask.histogram()[255] > _SPECK
