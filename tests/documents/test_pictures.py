"""Pictures of stamps and signatures come out clean, transparent and small."""

from io import BytesIO

import pytest
from PIL import Image
from pytest_django import Settings

from paraph.documents.pictures import clean_picture
from paraph.documents.refusals import CannotUse
from paraph.kit import files

from . import paper

pytestmark = pytest.mark.slow


def cleaned(content: bytes) -> Image.Image:
    return Image.open(BytesIO(files.get(clean_picture(content, name="stamp.png"))))


def test_a_photo_of_a_stamp_loses_the_paper_and_keeps_the_ink() -> None:
    stamp = cleaned(paper.stamp_on_paper())

    assert stamp.mode == "RGBA"
    assert 290 < stamp.width < 340
    middle, ring = (stamp.width // 2, stamp.height // 2), (stamp.width // 2, 17)
    assert stamp.getchannel("A").getpixel(middle) == 0
    red, _green, blue, alpha = stamp.crop((*ring, ring[0] + 1, ring[1] + 1)).tobytes()
    assert alpha > 240
    assert blue > red + 60


def test_a_transparent_picture_keeps_its_own_transparency() -> None:
    picture = Image.new("RGBA", (300, 100))
    picture.paste((200, 0, 0, 128), (100, 20, 200, 80))
    out = BytesIO()
    picture.save(out, "PNG")

    result = cleaned(out.getvalue())

    assert result.getpixel((result.width // 2, result.height // 2)) == (200, 0, 0, 128)
    assert result.size == (116, 76)


def test_a_large_picture_becomes_small_and_forgets_its_camera() -> None:
    content = paper.picture("JPEG", size=(4000, 3000), exif=6)

    name = clean_picture(content)

    result = Image.open(BytesIO(files.get(name)))
    assert max(result.size) <= 1200
    assert b"camera" not in files.get(name)


def test_a_dark_photo_stays_as_it_is() -> None:
    out = BytesIO()
    Image.new("RGB", (200, 100), (20, 60, 30)).save(out, "PNG")

    assert cleaned(out.getvalue()).getpixel((5, 5)) == (20, 60, 30, 255)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "svg"),
        (b"<?xml version='1.0'?><svg/>", "svg"),
        (b"GIF89a", "other-picture"),
        (b"%PDF-1.7", "not-a-picture"),
        (b"PK\x03\x04", "not-a-picture"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n and no more", "broken"),
        (paper.enormous_png(), "too-many-pixels"),
    ],
)
def test_what_is_no_usable_picture_is_refused_by_content(content: bytes, why: str) -> None:
    with pytest.raises(CannotUse) as caught:
        clean_picture(content, name="stamp.png")

    assert caught.value.why == why


def test_bare_paper_is_refused() -> None:
    out = BytesIO()
    Image.new("RGB", (400, 400), (230, 228, 225)).save(out, "PNG")

    with pytest.raises(CannotUse, match="nothing but paper"):
        clean_picture(out.getvalue())


def test_more_than_three_megabytes_are_refused(settings: Settings) -> None:
    settings.PICTURE_BYTES = 3 * 1024 * 1024

    with pytest.raises(CannotUse, match="larger than 3 MB"):
        clean_picture(bytes(3 * 1024 * 1024 + 1))
