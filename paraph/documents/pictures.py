"""Pictures of stamps, signatures and logos: cleaned in the sandbox, kept in the store."""

from __future__ import annotations

from django.conf import settings

from paraph.kit import files, sandbox

from .intake import MOST_PIXELS, Upload, refuse_size
from .kinds import OFFICE, PICTURES, Kind, kind_of
from .refusals import CannotUse


def clean_picture(content: bytes, *, name: str = "") -> str:
    """Keep a PNG or JPEG as transparent PNG, and return its SHA-256; raises ``CannotUse``.

    A photo of ink on paper loses the paper. At most 3 MB come in, at most 1,200 pixels go out.
    """
    file = Upload(name, content)
    refuse_size(file, most=settings.PICTURE_BYTES)
    kind = kind_of(content)
    if kind not in PICTURES:
        is_document = kind in {Kind.PDF, *OFFICE, Kind.SHEET, Kind.ARCHIVE, Kind.OTHER}
        raise CannotUse("not-a-picture" if is_document else kind.value, name=name)
    try:
        outcome = sandbox.run(
            "paraph.documents.child.pictures:clean", [content], most_pixels=MOST_PIXELS
        )
    except sandbox.Rejected as rejected:
        raise CannotUse.because(rejected, name=name) from None
    return files.put(outcome.files["picture.png"])
