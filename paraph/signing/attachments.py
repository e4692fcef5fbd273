"""Files that a party adds while signing: which are taken, and where they are kept.

They are never opened here: they lie beside the evidence as they came.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from paraph.documents.intake import title_from
from paraph.documents.kinds import PICTURES, Kind, kind_of
from paraph.kit import files

from .refusals import CannotSave

MOST_MEGABYTES = 10
ACCEPTED = ".pdf,.png,.jpg,.jpeg"


def keep_attachment(content: bytes, *, name: str) -> tuple[str, str]:
    """Keep a PDF or a picture; return its name and its hash. Raises ``CannotSave``."""
    kind = kind_of(content)
    if kind is not Kind.PDF and kind not in PICTURES:
        raise CannotSave(_("Add a PDF, PNG or JPEG file."))
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise CannotSave(_("Add a file of at most %(size)d MB.") % {"size": MOST_MEGABYTES})
    return f"{title_from(name) or kind.value}.{kind.value}", files.put(content)
