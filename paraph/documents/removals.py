"""What the canonical rewrite takes out of a document, in words for whoever uploaded it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

_SENTENCES = {
    "actions": _("Actions that would run by themselves were removed."),
    "alternates": _("Pictures that would appear only in print were removed."),
    "attachments": _("Attached files were removed."),
    "comments": _("Comments were drawn onto the pages; pop-up notes were removed."),
    "earlier-versions": _("Earlier versions kept inside the file were removed."),
    "encryption": _("Restrictions on printing and copying were lifted in our copy."),
    "external": _("References to other files were removed."),
    "forms": _("Form fields were drawn onto the pages as they were filled in."),
    "hybrid": _("A second table of contents, which some programs read otherwise, was removed."),
    "layers": _("Layers were merged: what was visible stays, what was hidden is gone."),
    "media": _("Sound, video and 3D were removed."),
    "repaired": _("The file was damaged and was repaired: look through its pages."),
    "rights": _("Rights that only Adobe's programs know were removed."),
    "scripts": _("Scripts were removed."),
    "xfa": _("A second, dynamic version of the form was removed."),
}


def sentences(codes: Iterable[str]) -> list[str]:
    """Say each removal in words; a code that this release does not know is left out."""
    return [str(_SENTENCES[code]) for code in codes if code in _SENTENCES]
