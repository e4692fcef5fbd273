"""Pages are drawn when they are asked for, once, in two sizes; their words can be read."""

import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array
from PIL import Image

from paraph.documents import cache
from paraph.documents.models import Document, Revision
from paraph.documents.pages import PageSize, content_type, page_picture
from paraph.documents.refusals import CannotShow
from paraph.documents.text import page_text, page_words
from paraph.kit import files

from . import paper

pytestmark = pytest.mark.slow


def revision(content: bytes) -> Revision:
    return Revision(document=Document(title="Contract"), sha256=files.put(content))


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture))


def words_of(shown: Revision, page: int) -> list[str]:
    return [word.text for word in page_words(shown, page)]


def test_a_phone_gets_a_light_picture() -> None:
    picture = page_picture(revision(paper.contract(lines=50)), 1, PageSize.PHONE)

    assert opened(picture).width == 828
    assert len(picture) <= 70_000
    assert content_type(picture) == "image/png"


def test_even_a_noisy_scan_is_light_on_a_phone() -> None:
    noise = Image.effect_noise((1200, 1700), 120).convert("RGB")
    out = BytesIO()
    noise.save(out, "PDF")

    picture = page_picture(revision(out.getvalue()), 1, PageSize.PHONE)

    assert len(picture) <= 70_000
    assert content_type(picture) == "image/jpeg"


def test_reading_size_is_one_and_a_half_pixels_a_point() -> None:
    picture = page_picture(revision(paper.contract()), 1, PageSize.READING)

    assert opened(picture).size == (893, 1263)


def test_a_turned_and_cropped_page_is_drawn_as_displayed() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = 90
        pdf.pages[0].obj.CropBox = Array([0, 0, 200, 400])

    picture = page_picture(revision(paper.changed(turn)), 1, PageSize.READING)

    assert opened(picture).size == (600, 300)


def test_requests_that_come_together_share_one_drawing(installation: Path) -> None:
    shown = revision(paper.contract(1))

    with ThreadPoolExecutor(8) as pool:
        pictures = set(pool.map(lambda _n: page_picture(shown, 1), range(8)))

    drawn = [path for path in (installation / "cache").rglob("*-1-reading-*") if path.is_file()]
    assert len(pictures) == 1
    assert len([path for path in drawn if not path.name.endswith(".failed")]) == 1


def test_the_next_pages_are_drawn_ahead() -> None:
    shown = revision(paper.contract(3))
    shown.document.pages = [[595, 842]] * 3

    page_picture(shown, 1, PageSize.PHONE)

    until = time.monotonic() + 180
    while not cache.has(f"{shown.sha256}-2-phone-2") and time.monotonic() < until:
        time.sleep(0.05)
    assert cache.has(f"{shown.sha256}-2-phone-2")


def test_a_page_that_does_not_exist_is_not_found() -> None:
    with pytest.raises(CannotShow) as caught:
        page_picture(revision(paper.contract(2)), 7)

    assert caught.value.status == 404


def test_a_hostile_page_is_refused_and_not_tried_again_at_once(installation: Path) -> None:
    shown = revision(paper.swollen_content())

    with pytest.raises(CannotShow):
        page_picture(shown, 1)
    [mark] = (installation / "cache").rglob(f"{shown.sha256}-1-reading-2.failed")
    marked = mark.stat()
    with pytest.raises(CannotShow):
        page_picture(shown, 1)

    again = mark.stat()  # each failed try leaves a new mark
    assert (again.st_ino, again.st_mtime_ns) == (marked.st_ino, marked.st_mtime_ns)


def test_words_come_with_their_place_on_the_page_as_displayed() -> None:
    def turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].obj.Rotate = 90

    shown = revision(paper.changed(turn))

    upright = page_words(shown, 1)[0]
    turned = max(page_words(shown, 2), key=lambda word: word.x)

    assert upright.text == "The"
    assert 55 < upright.x < 65
    assert 45 < upright.y < 65
    assert 760 < turned.x < 790
    assert turned.height > turned.width


def test_lines_that_stand_together_read_as_one_paragraph() -> None:
    [block] = page_text(revision(paper.contract(1, lines=3)), 1).blocks

    assert block.text == " ".join([paper.LINE.format(page=1)] * 3)


def test_what_is_filled_in_and_signed_is_seen_and_read() -> None:
    filled = revision(paper.changed(paper.with_form, paper.contract(1)))

    picture = opened(page_picture(filled, 1, PageSize.READING)).convert("L")
    words = [word.text for word in page_words(filled, 1)]

    field = picture.crop((150, 1263 - 180, 300, 1263 - 150))  # the field's place, at 1.5
    assert min(field.tobytes()) < 100
    assert words[-2:] == ["Filled", "in"]


def test_a_page_without_text_has_no_words() -> None:
    out = BytesIO()
    Image.new("L", (100, 100)).save(out, "PDF")

    assert page_words(revision(out.getvalue()), 1) == []
