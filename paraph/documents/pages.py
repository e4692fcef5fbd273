"""Pictures of pages: drawn in the sandbox when first asked for, then kept by the file's hash."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from enum import StrEnum
from functools import cache as once

from django.utils.translation import gettext as _

from paraph.kit import files, sandbox

from . import cache
from .models import Revision
from .refusals import CannotShow

_DRAWING = "2"  # raise it when pages are drawn otherwise: kept pictures are then drawn again
_REST_SECONDS = 600  # a page that could not be drawn is not tried again for this long
_AHEAD = 2
_FIRST = 2  # so many pages lie ready before anybody comes to read
_PNG = b"\x89PNG"
_drawers = threading.BoundedSemaphore(os.cpu_count() or 1)


class PageSize(StrEnum):
    """For what a page is drawn."""

    PHONE = "phone"  # 828 pixels wide, at most 70 KB
    READING = "reading"  # 1.5 pixels a point


def page_picture(revision: Revision, page: int, size: PageSize = PageSize.READING) -> bytes:
    """Return the picture of a page (from 1) as PNG or JPEG; raises ``CannotShow``.

    Requests that come together wait for one drawing; the next pages are drawn meanwhile.
    """
    picture = cache.read(_key(revision.sha256, page, size))
    if picture is None:
        picture = _drawn_once(revision.sha256, page, size)
    _fetch_ahead(revision, page, size)
    return picture


def draw_beforehand(revision: Revision, *, page_count: int, size: PageSize) -> None:
    """Draw the first pages, if they are not drawn yet, for whoever comes to read them."""
    first = range(1, min(_FIRST, page_count) + 1)
    missing = [page for page in first if not cache.has(_key(revision.sha256, page, size))]
    if missing:
        _draw_quietly(revision.sha256, missing, size)


def content_type(picture: bytes) -> str:
    """Return the media type of a page's picture."""
    return "image/png" if picture.startswith(_PNG) else "image/jpeg"


def etag(revision: Revision, page: int, size: PageSize) -> str:
    """Return the entity tag of a page's picture: what was seen once never changes."""
    return f'"{_key(revision.sha256, page, size)}"'


def _key(sha256: str, page: int, size: PageSize) -> str:
    return f"{sha256}-{page}-{size}-{_DRAWING}"


def _drawn_once(sha256: str, page: int, size: PageSize) -> bytes:
    key = _key(sha256, page, size)
    with cache.only_one(key):
        if (picture := cache.read(key)) is not None:
            return picture
        if _failed_lately(key):
            raise CannotShow(_("This page cannot be shown."))
        try:
            return _drawn(sha256, [page], size)[page]
        except sandbox.Rejected:
            cache.write(f"{key}.failed", b"")
            raise CannotShow(_("This page cannot be shown.")) from None


def _drawn(sha256: str, pages: Sequence[int], size: PageSize) -> dict[int, bytes]:
    with _drawers:
        outcome = sandbox.run(
            "paraph.documents.child.rendering:render", [files.get(sha256)], pages=pages, size=size
        )
    pictures = {int(name): content for name, content in outcome.files.items()}
    for page, picture in pictures.items():
        cache.write(_key(sha256, page, size), picture)
    return pictures


def _failed_lately(key: str) -> bool:
    age = cache.age_seconds(f"{key}.failed", now=time.time())
    return age is not None and age < _REST_SECONDS


def _fetch_ahead(revision: Revision, page: int, size: PageSize) -> None:
    """Draw the neighbours in the background; whoever asks for them sooner draws them."""
    sha256, last = revision.sha256, revision.document.page_count
    near = [each for each in (page + 1, page + _AHEAD, page - 1) if 1 <= each <= last]
    missing = [each for each in near if not cache.has(_key(sha256, each, size))]
    if not missing:
        return
    mark = _key(sha256, missing[0], size) + ".ahead"
    if not _failed_lately(mark):
        cache.write(f"{mark}.failed", b"")
        _background().submit(_draw_quietly, sha256, missing, size)


def _draw_quietly(sha256: str, pages: Sequence[int], size: PageSize) -> None:
    with suppress(sandbox.Rejected, files.FileDamaged, OSError):
        _drawn(sha256, pages, size)


@once
def _background() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages-ahead")
