"""Cleans the picture of a stamp, a signature or a logo: ink stays, paper gets transparent."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter, ImageMath, ImageStat

from paraph.kit.child.job import Job
from paraph.kit.child.refusing import Refusal

from .images import decoded, open_picture

RESULT = "picture.png"
LONGEST_EDGE = 1200
_FAINT, _SOLID = 28, 120  # how much darker than the paper ink begins, and is wholly ink
_SPECK = 40  # what is fainter than this does not count when the picture is trimmed
_BRIGHT, _COLOURLESS = 120, 60  # a border like this is paper
_MARGIN = 8
_OPAQUE = 250


def clean(job: Job) -> dict[str, object]:
    """Write the picture as RGBA PNG, trimmed, without metadata, at most 1,200 pixels long."""
    image = open_picture(job.inputs[0], most_pixels=int(job.options["most_pixels"]))
    image = decoded(image, longest_edge=LONGEST_EDGE).convert("RGBA")
    if _is_opaque(image) and _is_on_paper(image):
        image = _without_paper(image.convert("RGB"))
    image = _trimmed(image)
    image.save(job.result(RESULT), "PNG", optimize=True)
    return {"width": image.width, "height": image.height}


def _is_opaque(image: Image.Image) -> bool:
    lowest = image.getchannel("A").getextrema()[0]
    return isinstance(lowest, int | float) and lowest >= _OPAQUE


def _is_on_paper(image: Image.Image) -> bool:
    """Tell whether the border is bright and nearly without colour, as paper is."""
    small = image.convert("RGB").resize((64, 64))
    inner = Image.new("L", small.size, 255)
    inner.paste(0, (6, 6, 58, 58))
    brightness = ImageStat.Stat(small.convert("L"), mask=inner).median[0]
    saturation = ImageStat.Stat(small.convert("HSV").getchannel("S"), mask=inner).median[0]
    return brightness >= _BRIGHT and saturation <= _COLOURLESS


def _without_paper(image: Image.Image) -> Image.Image:
    """Even out the light, then make each pixel as transparent as it is like the paper.

    Laid on white, the result looks like the evened picture.
    """
    paper = _paper(image)
    pairs = zip(image.split(), paper.split(), strict=True)
    evened = [_divided(band, light) for band, light in pairs]
    darkest = ImageChops.darker(ImageChops.darker(evened[0], evened[1]), evened[2])
    alpha = darkest.point([_opacity(level) for level in range(256)])
    return Image.merge("RGBA", (*(_ink(band, alpha) for band in evened), alpha))


def _paper(image: Image.Image) -> Image.Image:
    """Guess the paper under the ink: the brightest around, smoothed, shadows included."""
    small = image.resize((max(1, image.width // 12), max(1, image.height // 12)))
    for _pass in range(4):
        small = small.filter(ImageFilter.MaxFilter(5))
    return small.filter(ImageFilter.GaussianBlur(4)).resize(image.size)


def _divided(band: Image.Image, light: Image.Image) -> Image.Image:
    evened: Image.Image = ImageMath.lambda_eval(
        lambda args: args["convert"](
            args["min"](args["band"] * 255 / args["max"](args["light"], 1), 255), "L"
        ),
        band=band,
        light=light,
    )
    return evened


def _opacity(level: int) -> int:
    darkness = 255 - level
    return max(0, min(255, round((darkness - _FAINT) * 255 / (_SOLID - _FAINT))))


def _ink(band: Image.Image, alpha: Image.Image) -> Image.Image:
    """Take the white out of a colour that is about to be transparent."""
    ink: Image.Image = ImageMath.lambda_eval(
        lambda args: args["convert"](
            args["max"](255 - (255 - args["band"]) * 255 / args["max"](args["alpha"], 1), 0),
            "L",
        ),
        band=band,
        alpha=alpha,
    )
    return ink


def _trimmed(image: Image.Image) -> Image.Image:
    alpha = image.getchannel("A")
    box = alpha.point([255 if level > _SPECK else 0 for level in range(256)]).getbbox()
    if box is None:
        raise Refusal("blank-picture")
    left, top, right, bottom = box
    outer = (max(0, left - _MARGIN), max(0, top - _MARGIN))
    return image.crop(
        (*outer, min(image.width, right + _MARGIN), min(image.height, bottom + _MARGIN))
    )
