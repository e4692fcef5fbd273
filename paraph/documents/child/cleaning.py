"""The canonical rewrite: what a page shows stays, everything that could act or hide goes.

Each thing taken out has a code; ``documents/removals.py`` has the sentences.
"""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from paraph.kit.child.refusing import Refusal

from .annotations import flatten, keep_links
from .layers import make_plain
from .pages import normalise
from .scrubbing import scrub

_CATALOG = {
    *("/Type", "/Pages", "/Lang", "/MarkInfo", "/StructTreeRoot", "/Outlines", "/Dests"),
    *("/PageLabels", "/PageLayout", "/Metadata", "/OutputIntents", "/Version", "/Extensions"),
    *("/Names", "/ViewerPreferences"),
}
_INFO = {
    *("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer"),
    *("/CreationDate", "/ModDate"),
}
_CODES = {
    "/OpenAction": "actions",
    "/AA": "actions",
    "/OCProperties": "layers",
    "/Collection": "attachments",
    "/AF": "attachments",
    "/Perms": "rights",
}
_CODES_OF_NAMES = {"/JavaScript": "scripts", "/EmbeddedFiles": "attachments"}


def clean(pdf: pikepdf.Pdf) -> set[str]:
    """Reduce an open PDF to its pages in place, and return the codes of what went."""
    try:
        removed = _forms(pdf)
        removed |= make_plain(pdf)
        for page in pdf.pages:
            removed |= normalise(page)
            removed |= keep_links(page)
        removed |= _catalog(pdf)
        return removed | scrub(pdf)
    except (pikepdf.PdfError, TypeError, ValueError, KeyError, AttributeError):
        raise Refusal("broken") from None


def _forms(pdf: pikepdf.Pdf) -> set[str]:
    """Draw what form fields and comments show onto their pages."""
    form = pdf.Root.get("/AcroForm")
    has_xfa = isinstance(form, Dictionary) and "/XFA" in form
    if has_xfa and pdf.Root.get("/NeedsRendering", False):
        raise Refusal("dynamic-form")  # its only page says "please wait"
    has_fields = isinstance(form, Dictionary) and len(form.get("/Fields", Array())) > 0
    removed = flatten(pdf) | ({"forms"} if has_fields else set())
    return removed | ({"xfa"} if has_xfa else set())


def _catalog(pdf: pikepdf.Pdf) -> set[str]:
    removed = _keep(pdf.Root, _CATALOG, _CODES)
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary):
        removed |= _keep(names, {"/Dests"}, _CODES_OF_NAMES)
    preferences = pdf.Root.get("/ViewerPreferences")
    if isinstance(preferences, Dictionary):
        _keep(preferences, {"/DisplayDocTitle", "/Direction"}, {})
    info = pdf.trailer.get("/Info")
    if isinstance(info, Dictionary):
        _keep(info, _INFO, {})
    _keep(pdf.trailer, {"/Root", "/Info", "/ID", "/Size", "/Encrypt"}, {})
    pdf.Root.Type = Name.Catalog
    return removed


def _keep(entries: Object, wanted: set[str], codes: dict[str, str]) -> set[str]:
    """Delete all other entries; return the codes of those that have one."""
    unwanted = entries.keys() - wanted
    for key in unwanted:
        del entries[key]
    return {codes[key] for key in unwanted if key in codes}
