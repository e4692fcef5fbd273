"""Form fields as they stand in the file before anybody signs, and how they are read back into
a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream, String

from paraph.sealing import fonts, text
from paraph.sealing.geometry import Frame
from paraph.sealing.model import FormField, Kind, Slot

READ_ONLY = 1
MULTI_LINE = 1 << 12
PUSH_BUTTON = 1 << 16
PRINTED = 4
LOCKED = 128

# A tick as a path, so that no symbol font is needed: in units of the box.
TICK = ((0.2, 0.52), (0.42, 0.27), (0.82, 0.78))


@dataclass(frozen=True)
class Lock:
    """The fields that a signature freezes; the last one freezes the whole file."""

    fields: Sequence[str]
    is_final: bool = False

    @property
    def entries(self) -> str:
        """As they stand both in the field's /Lock and in the signature's own parameters."""
        names = " ".join(f"({name})" for name in self.fields)
        return f"/Action/Include/Fields[{names}]" + ("/P 1" if self.is_final else "")


def add_slot(pdf: Pdf, slot: Slot, *, is_signature: bool) -> Object:
    """Add the field of a slot to its page."""
    page = pdf.pages[slot.box.page - 1]
    frame = Frame.of(page)
    rectangle = [round(edge, 2) for edge in frame.rectangle(slot.box)]
    return _add_widget(
        pdf,
        page,
        T=String(slot.name),
        TU=String(slot.label),
        Rect=Array(rectangle),
        F=PRINTED,
        MK=Dictionary(R=frame.rotation),
        **_look(pdf, slot, is_signature=is_signature),
    )


def add_invisible(pdf: Pdf, name: str) -> Object:
    """Add a signature field without a place, for seals and time stamps."""
    return _add_widget(
        pdf,
        pdf.pages[0],
        T=String(name),
        Rect=Array([0, 0, 0, 0]),
        F=PRINTED | LOCKED,
        FT=Name.Sig,
    )


def add_lock(pdf: Pdf, field: Object, lock: Lock) -> None:
    """Say in the field itself what its signature will freeze."""
    parsed = Object.parse(f"<</Type/SigFieldLock{lock.entries}>>".encode("ascii"))
    field["/Lock"] = pdf.make_indirect(parsed)


def tick(width: float, height: float) -> str:
    """Content that ticks a box."""
    start, turn, end = (f"{x * width:.2f} {y * height:.2f}" for x, y in TICK)
    thickness = max(0.8, min(width, height) * 0.12)
    return f"q 1 J 1 j {thickness:.2f} w {start} m {turn} l {end} l S Q"


def appearance_matrix(rotation: int) -> str:
    """Turns an appearance upright on a page that is shown rotated."""
    return {0: "1 0 0 1", 90: "0 1 -1 0", 180: "-1 0 0 -1", 270: "0 -1 1 0"}[rotation] + " 0 0"


def read(field: Object) -> dict[str, str]:
    """The entries of a field, or of the catalog, as they are written."""
    return {key: _written(value) for key, value in field.items()}


def form_field(field: Object, slot: Slot | None, frame: Frame | None) -> FormField:
    """The plan's view of a field; invisible ones have neither slot nor frame."""
    number = field.objgen[0]
    if slot is None or frame is None:
        return FormField(number, read(field))
    return FormField(
        number,
        read(field),
        party=slot.party,
        kind=slot.kind,
        width=slot.box.width,
        height=slot.box.height,
        rotation=frame.rotation,
        font_size=slot.font_size,
    )


def _look(pdf: Pdf, slot: Slot, *, is_signature: bool) -> dict[str, Any]:
    """The entries that differ from kind to kind.

    Everything is read-only to other programs: only Paraph fills it, at signing.
    """
    if is_signature:
        return {"FT": Name.Sig}
    if slot.kind.is_picture:
        return {"FT": Name.Btn, "Ff": PUSH_BUTTON | READ_ONLY}
    if slot.kind is Kind.CHECKBOX:
        states = Dictionary(Yes=_tick(pdf, slot), Off=_blank(pdf, slot))
        off = {"V": Name.Off, "AS": Name.Off}
        return {"FT": Name.Btn, "Ff": READ_ONLY, "AP": Dictionary(N=states), **off}
    lines = MULTI_LINE if slot.box.height >= 2 * text.LEADING * slot.font_size else 0
    written = String(f"/{fonts.RESOURCE} {slot.font_size:g} Tf 0 g")
    return {"FT": Name.Tx, "Ff": READ_ONLY | lines, "DA": written}


def _tick(pdf: Pdf, slot: Slot) -> Object:
    return _form(pdf, slot, tick(slot.box.width, slot.box.height).encode("ascii"))


def _blank(pdf: Pdf, slot: Slot) -> Object:
    return _form(pdf, slot, b"")


def _form(pdf: Pdf, slot: Slot, content: bytes) -> Object:
    frame = Frame.of(pdf.pages[slot.box.page - 1])
    return pdf.make_indirect(
        Stream(
            pdf,
            content,
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, slot.box.width, slot.box.height]),
            Matrix=Object.parse(f"[{appearance_matrix(frame.rotation)}]".encode("ascii")),
            Resources=Dictionary(),
        )
    )


def _add_widget(pdf: Pdf, page: Page, **entries: Any) -> Object:
    entries |= {"Type": Name.Annot, "Subtype": Name.Widget, "P": page.obj}
    widget = pdf.make_indirect(Dictionary(**entries))
    # A copy, because pages may share one array.
    page.obj["/Annots"] = Array([*page.obj.get("/Annots", ()), widget])
    return widget


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Object):
        return value.unparse().decode("latin-1")
    return str(value)
