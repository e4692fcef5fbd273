"""Files that somebody takes along: of which type, and those that are written for one answer."""

import mimetypes
import tempfile
from collections.abc import Callable
from typing import BinaryIO, cast

from django.http import FileResponse

IN_MEMORY = 1024 * 1024

TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(file: BinaryIO, name: str) -> FileResponse:
    """Return a file to be kept under that name; the answer closes it."""
    ending = name[name.rfind(".") :]
    known = TYPES.get(ending) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return FileResponse(
        file,
        as_attachment=True,
        filename=name,
        content_type=known,
        headers={"Cache-Control": "no-store"},
    )


def written(name: str, *, by: Callable[[BinaryIO], object]) -> FileResponse:
    """Return a file that is written now and stays nowhere."""
    # The answer closes it.
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    by(file)
    file.seek(0)
    return download(file, name)
