"""Pictures that come in become pages, upright and without what their camera wrote."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from paraph.documents.intake import Upload, take_in

from . import paper
from .test_intake import taken

pytestmark = pytest.mark.slow


def test_several_pictures_make_one_document() -> None:
    files = [
        Upload("scan.jpg", paper.picture("JPEG", size=(1240, 1754))),
        Upload("photo.png", paper.picture(size=(800, 600))),
        Upload("gray.png", paper.picture(mode="LA")),
    ]

    document = take_in(files)

    assert document.pages[0] == pytest.approx([595.28, 841.89], abs=0.01)
    assert document.pages[1] == pytest.approx([841.89, 595.28], abs=0.01)
    assert len(document.pages) == 3


def test_a_photo_stands_upright_and_forgets_its_camera() -> None:
    photo = paper.picture("JPEG", size=(800, 600), exif=6)

    document = taken(photo, "photo.jpg")

    assert document.pages[0] == pytest.approx([595.28, 841.89], abs=0.01)
    assert b"camera" not in document.original


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_drawn_as_its_camera_was_held(turn: int) -> None:
    upright = Image.new("L", (40, 60), 255)
    upright.paste(0, (0, 0, 20, 15))  # dark in the upper left corner alone
    exif = Image.Exif()
    exif[0x0112] = turn
    held = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the way back, as Pillow counts
    photo = upright.transpose(Image.Transpose(held[turn])) if turn > 1 else upright
    out = BytesIO()
    photo.save(out, "JPEG", exif=exif, quality=95)

    pdf = pypdfium2.PdfDocument(taken(out.getvalue(), "photo.jpg").original)
    page = pdf[0].render().to_pil().convert("L")

    dark = page.point([255 if level < 128 else 0 for level in range(256)]).getbbox()
    assert dark == pytest.approx((278, 36, 298, 51), abs=1)  # in the middle, below the margin


def test_a_jpeg_keeps_its_compression_and_loses_its_camera() -> None:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.effect_noise((300, 200), 60).save(out, "JPEG", exif=exif, quality=71)
    data = out.getvalue()

    kept = taken(data + b"hidden after the end", "photo.jpg").original

    assert data[data.index(b"\xff\xda") :] in kept
    assert b"taken at home" not in kept
    assert b"hidden after" not in kept


def test_a_scan_that_tells_its_size_gets_a_page_of_that_size() -> None:
    out = BytesIO()
    Image.new("L", (583, 827), 250).save(out, "PNG", dpi=(100, 100))  # A5

    assert taken(out.getvalue(), "scan.png").pages[0] == pytest.approx([419.53, 595.28], abs=0.01)
