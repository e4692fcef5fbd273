"""What the form fields of a page hold, as a renderer reads them."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium


@dataclass(frozen=True)
class FieldValue:
    """A field's value, and its corners in the page's own space."""

    name: str
    value: str
    left: float
    bottom: float
    right: float
    top: float


def values_of(page: pypdfium2.PdfPage) -> Iterator[FieldValue]:
    """Read the fields of a page whose document has its forms loaded; none where it has no form."""
    if page.formenv is None:
        return
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
                yield _value(page.formenv.raw, annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _value(form: object, annotation: object) -> FieldValue:
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, box)
    return FieldValue(
        _text(pdfium.FPDFAnnot_GetFormFieldName, form, annotation),
        _shown(form, annotation),
        *(box.left, box.bottom, box.right, box.top),
    )


def _shown(form: object, annotation: object) -> str:
    """A checkbox tells its value whether it is checked or not; only a checked one holds it."""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return "☑" if pdfium.FPDFAnnot_IsChecked(form, annotation) else "☐"
    return _text(pdfium.FPDFAnnot_GetFormFieldValue, form, annotation)


def _text(read: object, form: object, annotation: object) -> str:
    assert callable(read)
    size = read(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(form, annotation, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[:size].decode("utf-16-le", "replace").rstrip("\0")
