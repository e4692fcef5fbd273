"""Pages before and now, drawn side by side with the places of their changes."""

import io
from collections.abc import Iterator, Sequence

from PIL import Image

from paraph.sealing.examination import Mark, Sheet, Side
from paraph.sealing.seen.boxes import Box
from paraph.sealing.seen.pages import Page, Version
from paraph.sealing.seen.places import Difference, Spot

_MOST_SHEETS = 6
_WIDTH, _HEIGHT = 828, 2400
_SHADES = 16
_MOST_PNG = 70 * 1024

Pages = tuple[int | None, int | None]


def drawn(before: bytes, after: bytes, *, differences: Sequence[Difference]) -> list[Sheet]:
    """Draw the first pages that differ; nothing where a version cannot be shown.

    Marks carry the number of their change in the list, counted from 1.
    """
    wanted = list(dict.fromkeys(_pages(each) for each in differences))
    wanted = [pages for pages in wanted if pages != (None, None)][:_MOST_SHEETS]
    if not wanted or not before:
        return []
    try:
        with Version(before, with_fields=True) as old, Version(after, with_fields=True) as new:
            return [_sheet(old, new, pages=pages, differences=differences) for pages in wanted]
    except MemoryError:
        raise
    except Exception:  # a drawing is help, not proof
        return []


def _pages(difference: Difference) -> Pages:
    """Return both pages; only one where a page came or went, none for the file as a whole."""
    old = difference.old.page if difference.old else None
    new = difference.new.page if difference.new else None
    if difference.kind in ("page-added", "page-removed"):
        return old, new
    return old or new, new or old


def _sheet(
    old: Version, new: Version, *, pages: Pages, differences: Sequence[Difference]
) -> Sheet:
    numbered = [
        (number, each) for number, each in enumerate(differences, start=1) if _pages(each) == pages
    ]
    is_lonely = None in pages
    return Sheet(
        _side(old, pages[0], [(number, each.old) for number, each in numbered], is_lonely),
        _side(new, pages[1], [(number, each.new) for number, each in numbered], is_lonely),
    )


def _side(
    version: Version,
    number: int | None,
    spots: Sequence[tuple[int, Spot | None]],
    is_lonely: bool,
) -> Side | None:
    if number is None or number > len(version):
        return None
    page = version.page(number - 1)
    return Side(number, *page.size, _picture(page), list(_marks(page, spots, is_whole=is_lonely)))


def _marks(
    page: Page, spots: Sequence[tuple[int, Spot | None]], *, is_whole: bool
) -> Iterator[Mark]:
    """Give each place a little air; a page that came or went is marked as a whole."""
    whole = (0.0, 0.0, *page.size)
    for number, spot in spots:
        box = whole if is_whole else spot and spot.box
        if box:
            yield Mark(number, _aired(box, whole))


def _aired(box: Box, whole: Box) -> Box:
    left, top = max(box[0] - 2, 1), max(box[1] - 2, 1)
    right, bottom = min(box[0] + box[2] + 2, whole[2] - 1), min(box[1] + box[3] + 2, whole[3] - 1)
    return round(left, 1), round(top, 1), round(right - left, 1), round(bottom - top, 1)


def _picture(page: Page) -> bytes:
    """Return a page of text as PNG with few shades, a page of photos as JPEG."""
    scale = min(_WIDTH / max(page.size[0], 1), _HEIGHT / max(page.size[1], 1))
    picture = page.drawn(scale=scale, grey=False)
    few = picture.quantize(_SHADES, dither=Image.Dither.NONE)
    written = _saved(few, "PNG", optimize=True)
    return written if len(written) <= _MOST_PNG else _saved(picture, "JPEG", quality=70)


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()
