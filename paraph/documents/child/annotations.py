"""Draws form fields and comments onto their pages, and keeps nothing but harmless links."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from paraph.kit.child.refusing import Refusal

from .layers import Visibility

_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_CODES = {
    "/Widget": "forms",
    "/FileAttachment": "attachments",
    "/Screen": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/RichMedia": "media",
    "/3D": "media",
}


def flatten(pdf: pikepdf.Pdf) -> set[str]:
    """Make what annotations show part of the page; hidden ones are not shown and go."""
    _drop_hidden_layers(pdf)
    found = {code for page in pdf.pages for code in _codes(page)}
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary) and form.get("/NeedAppearances", False):
        _refuse_undrawable(form)
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")
    return found


def keep_links(page: pikepdf.Page) -> set[str]:
    """Leave a page only its links to other pages and to the web."""
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, Array):
        return _without_annotations(page)
    links = [each for each in annotations if isinstance(each, Dictionary) and _is_link(each)]
    kept = [link for link in links if _is_harmless_link(link)]
    page.obj.Annots = Array(kept)
    if not kept:
        del page.obj["/Annots"]
    return {"actions"} if len(kept) < len(links) else set()


def is_harmless(action: Object) -> bool:
    """Tell whether an action only leads to another page or to an address of the web."""
    if action.get("/S") == Name.GoTo:
        return True
    address = str(action.get("/URI", "")).strip().lower()
    return action.get("/S") == Name.URI and address.startswith(_SCHEMES)


def _codes(page: pikepdf.Page) -> Iterator[str]:
    annotations = page.obj.get("/Annots")
    for each in annotations if isinstance(annotations, Array) else ():
        if isinstance(each, Dictionary) and not _is_link(each):
            yield _CODES.get(str(each.get("/Subtype")), "comments")


def _is_link(annotation: Object) -> bool:
    return annotation.get("/Subtype") == Name.Link


def _without_annotations(page: pikepdf.Page) -> set[str]:
    if "/Annots" in page.obj:
        del page.obj["/Annots"]
    return set()


def _is_harmless_link(annotation: Object) -> bool:
    action = annotation.get("/A")
    return "/Dest" in annotation if action is None else is_harmless(action)


def _refuse_undrawable(form: Object) -> None:
    """The values have yet to be drawn, and the tool that does it knows Latin letters only."""
    waiting = list(form.get("/Fields", Array()))
    for _step in range(100_000):
        if not waiting:
            return
        field = waiting.pop()
        if not str(field.get("/V", "")).isascii() and field.get("/FT") != Name.Sig:
            raise Refusal("form-not-drawn")
        waiting += list(field.get("/Kids", Array()))


def _drop_hidden_layers(pdf: pikepdf.Pdf) -> None:
    visibility = Visibility(pdf)
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array) and any("/OC" in each for each in annotations):
            shown = [each for each in annotations if visibility.shows(each.get("/OC"))]
            page.obj.Annots = Array(shown)
