"""Why a file cannot be used, in words: what is wrong with it, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from paraph.kit.errors import Refused
from paraph.kit.sandbox import Rejected

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class CannotUse(Refused):
    """A file that was given to us cannot be used; ``why`` is the stable reason."""

    code: ClassVar[str] = "cannot-use-file"
    status: ClassVar[int] = 422

    def __init__(self, why: str, *, name: str, **facts: object) -> None:
        self.why = why
        super().__init__(_SENTENCES.get(why, _UNKNOWN) % {**facts, "name": name})

    @classmethod
    def because(cls, rejected: Rejected, *, name: str) -> CannotUse:
        """Say in words what the sandbox said by code."""
        return cls(rejected.code, name=name, **rejected.facts)


class CannotShow(Refused):
    """A page of a document cannot be drawn, or there is no such page."""

    code: ClassVar[str] = "cannot-show-page"
    status: ClassVar[int] = 404


class CannotDelete(Refused):
    """The document is part of something that needs it."""

    code: ClassVar[str] = "cannot-delete-document"


class CannotSaveTemplate(Refused):
    """What was written about a template cannot stand so."""

    code: ClassVar[str] = "cannot-save-template"
    status: ClassVar[int] = 422


class CannotDeleteTemplate(Refused):
    """The template is needed."""

    code: ClassVar[str] = "cannot-delete-template"


class CannotSaveSeries(Refused):
    """The rule of a series cannot stand so."""

    code: ClassVar[str] = "cannot-save-series"
    status: ClassVar[int] = 422


class CannotDeleteSeries(Refused):
    """The series is needed."""

    code: ClassVar[str] = "cannot-delete-series"


class CannotGenerate(Refused):
    """The document cannot be made from this template now, or not again."""

    code: ClassVar[str] = "cannot-generate-document"


_UNKNOWN = _("“%(name)s” cannot be read. Open it, print it to a new PDF, and upload that.")
_SENTENCES: Mapping[str, _StrPromise] = {
    "nothing": _("Choose a document, or one or more pictures."),
    "mixed": _(
        "Upload one PDF or one office document at a time; only pictures can be several together."
    ),
    "empty": _("“%(name)s” is empty. Choose the file again."),
    "too-large": _(
        "“%(name)s” is larger than %(most)s MB. Reduce it, or split it, and try again."
    ),
    "no-libreoffice": _(
        "“%(name)s” is an office document, and this installation cannot open those. Save it as "
        "PDF and upload the PDF."
    ),
    "no-walls": _(
        "“%(name)s” is an office document, and this machine has no safe place to open it in. Save "
        "it as PDF and upload the PDF."
    ),
    "office-not-opened": _(
        "“%(name)s” could not be opened. It may be damaged or protected by a password: open it in "
        "your office program, save it as PDF, and upload that."
    ),
    "not-word": _("“%(name)s” is no Word file. Save it as DOCX and upload that."),
    "sheet": _(
        "“%(name)s” is a spreadsheet or a presentation. Save it as PDF and upload the PDF."
    ),
    "swollen": _(
        "“%(name)s” is far larger inside than it looks. Save it as PDF and upload the PDF."
    ),
    "archive": _("“%(name)s” is an archive. Unpack it and upload the document inside."),
    "heic": _("“%(name)s” is a HEIC photo. Save it as JPEG and upload that."),
    "svg": _("“%(name)s” is an SVG drawing. Save it as PNG and upload that."),
    "other-picture": _(
        "“%(name)s” is a kind of picture that cannot be used. Save it as PNG or JPEG."
    ),
    "other": _(
        "“%(name)s” is no kind of file that can be signed. Choose a PDF, DOCX, DOC, ODT, RTF, PNG "
        "or JPEG."
    ),
    "not-a-picture": _("“%(name)s” is not a picture. Choose a PNG or JPEG file."),
    "encrypted": _(
        "“%(name)s” is protected by a password. Remove the password and upload it again."
    ),
    "broken": _UNKNOWN,
    "no-pages": _("“%(name)s” has no pages. Check the file and upload it again."),
    "too-many-pages": _(
        "“%(name)s” has %(pages)s pages; at most %(most)s are possible. Split it and try again."
    ),
    "page-size": _(
        "Page %(page)s of “%(name)s” is too small or too large to be shown. Print the document to "
        "a new PDF and upload that."
    ),
    "locked-by-signature": _(
        "“%(name)s” is signed in a way that forbids further signatures. Ask its author for a "
        "version that allows them, or for the unsigned document."
    ),
    "dynamic-form": _(
        "“%(name)s” is a form that only Adobe's programs can show. Open it there, print it to a "
        "new PDF, and upload that."
    ),
    "form-not-drawn": _(
        "“%(name)s” is a form whose entries are not drawn yet. Print it to a new PDF and upload "
        "that."
    ),
    "too-complex": _(
        "“%(name)s” needs too much memory to be opened. Print it to a new PDF and upload that."
    ),
    "too-slow": _("“%(name)s” takes too long to open. Print it to a new PDF and upload that."),
    "too-many-pixels": _(
        "“%(name)s” has %(megapixels)s megapixels; at most %(most)s are possible. Make it smaller "
        "and try again."
    ),
    "blank-picture": _("“%(name)s” shows nothing but paper. Choose a picture with more contrast."),
}
