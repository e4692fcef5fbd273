"""Pages of a document that nobody keeps yet: shown before it is made, gone by themselves."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from paraph.kit import sandbox

from . import cache
from .refusals import CannotShow


def keep_preview(pdf: bytes) -> str:
    """Keep the bytes among what can be made again, and return the key to its pages."""
    key = hashlib.sha256(pdf).hexdigest()
    cache.write(f"{key}-preview", pdf)
    return key


def preview_page(key: str, page: int) -> bytes:
    """Return the picture of a page (from 1); raises ``CannotShow``."""
    name = f"{key}-preview-{page}"
    if (picture := cache.read(name)) is not None:
        return picture
    pdf = cache.read(f"{key}-preview")
    if pdf is None:
        raise CannotShow(_("This preview is too old. Ask for it again."))
    verb = "paraph.documents.child.rendering:render"
    try:
        outcome = sandbox.run(verb, [pdf], pages=[page], size="reading")
    except sandbox.Rejected:
        raise CannotShow(_("This page cannot be shown.")) from None
    picture = outcome.files[str(page)]
    cache.write(name, picture)
    return picture
