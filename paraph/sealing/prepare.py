"""Makes a file ready for its signatures: everything that can never be added later, because
after the first signature only what is already there may change."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import cast

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from paraph.sealing import fields, fonts, text
from paraph.sealing.draft import Cuttable, Draft, Paper, Sheet
from paraph.sealing.fields import Lock
from paraph.sealing.fonts import Subset
from paraph.sealing.geometry import Frame
from paraph.sealing.model import EmbeddedFont, FormField, Kind, Plan, Prepared, Slot
from paraph.sealing.opening import opened

CERTIFY_FIELD = "paraph_certification"
CLOSING_FIELD = "paraph_closing"
# Time stamps of each party: after its act, after its company's seal, and one from outside.
TIME_FIELDS_EACH = 3
# And after certifying, before and after closing, after closing from outside, and five renewals
# in the years to come.
SPARE_TIME_FIELDS = 9

STRIP_SIZE = 6.5
STRIP_LEFT, STRIP_BOTTOM = 18.0, 8.0

SLOT_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
RESERVED = "paraph_"
# What would act by itself, or belongs to a form we replace.
DROPPED = ("/AcroForm", "/OpenAction", "/AA", "/Perms", "/DSS")


class CannotPrepare(ValueError):
    """The slots do not fit the file."""


@dataclass(frozen=True)
class Layout:
    """Who signs where: the slots, and the one signature field of each party."""

    slots: Sequence[Slot]
    signature_of: Mapping[str, str]

    @classmethod
    def of(cls, slots: Sequence[Slot], parties: Sequence[str]) -> Layout:
        """A party signs in its first signature slot, or invisibly when it has none."""
        first: dict[str, str] = {}
        for slot in slots:
            if slot.kind is Kind.SIGNATURE:
                first.setdefault(slot.party, slot.name)
        signs = {
            party: first.get(party, f"{RESERVED}signature_{number}")
            for number, party in enumerate(parties, start=1)
        }
        return cls(slots, signs)

    @property
    def by_name(self) -> dict[str, Slot]:
        """The slots by their names."""
        return {slot.name: slot for slot in self.slots}

    @property
    def time_fields(self) -> list[str]:
        """Names for the time stamps to come."""
        count = TIME_FIELDS_EACH * len(self.signature_of) + SPARE_TIME_FIELDS
        return [f"{RESERVED}time_{number}" for number in range(1, count + 1)]

    @property
    def locks(self) -> dict[str, Lock]:
        """What each signature freezes: its party's fields, the closing one everything."""
        locks = {CLOSING_FIELD: Lock((CLOSING_FIELD,), is_final=True)}
        for party, signature in self.signature_of.items():
            mine = [slot for slot in self.slots if slot.party == party]
            locks |= {seal.name: Lock((seal.name,)) for seal in mine if seal.kind is Kind.SEAL}
            own = tuple(slot.name for slot in mine if slot.kind is not Kind.SEAL)
            locks[signature] = Lock(
                tuple(name for name in own if name != signature) or (signature,)
            )
        return locks

    def refuse(self, *, pages: int) -> None:
        """Raise when a slot has no place or no good name."""
        names = [slot.name for slot in self.slots]
        if len(set(names)) < len(names):
            raise CannotPrepare("Two slots have the same name.")
        for slot in self.slots:
            if not SLOT_NAME.fullmatch(slot.name) or slot.name.startswith(RESERVED):
                raise CannotPrepare(f"A slot cannot be called {slot.name!r}.")
            if not 1 <= slot.box.page <= pages:
                raise CannotPrepare(f"There is no page {slot.box.page}.")
            if slot.party not in self.signature_of and not slot.read_only:
                raise CannotPrepare(f"Nobody signs for the slot {slot.name!r}.")


def prepare(
    pdf: Sheet,
    *,
    slots: Sequence[Slot],
    parties: Sequence[str],
    strip: str,
    font: bytes,
    extra_pages: bytes | None = None,
) -> Prepared[Sheet]:
    """Add the extra pages, the ID strip, the font and every field of every act.

    What comes as a draft comes back as another one.
    """
    layout, subset = Layout.of(slots, parties), fonts.subset(font)
    with opened(pdf) as source:
        _append_pages(source, extra_pages)
        layout.refuse(pages=len(source.pages))
        _clear(source)
        embedded = fonts.embed(source, subset)
        _add_strip(source, strip, subset=subset, embedded=embedded)
        _add_form(source, layout, embedded=embedded)
        ready = _saved(source, like=pdf)
    return Prepared(ready, plan_of(ready, layout, subset))


def _saved(pdf: Pdf, *, like: Sheet) -> Sheet:
    modes = pikepdf.ObjectStreamMode
    if isinstance(like, Draft):
        draft = Draft(like.folder)
        pdf.save(draft.file, object_stream_mode=modes.generate, compress_streams=True)
        return cast(Sheet, draft)
    written = BytesIO()
    pdf.save(written, object_stream_mode=modes.generate, compress_streams=True)
    return cast(Sheet, written.getvalue())


def _append_pages(pdf: Pdf, extra_pages: bytes | None) -> None:
    if extra_pages is not None:
        with pikepdf.open(BytesIO(extra_pages)) as extra:
            pdf.pages.extend(extra.pages)


def _clear(pdf: Pdf) -> None:
    for key in DROPPED:
        if key in pdf.Root:
            del pdf.Root[key]
    for page in pdf.pages:
        if "/Annots" in page.obj:
            kept = [note for note in page.obj["/Annots"] if note.get("/Subtype") != Name.Widget]
            page.obj["/Annots"] = Array(kept)


def _add_form(pdf: Pdf, layout: Layout, *, embedded: pikepdf.Object) -> None:
    """Every field of every act, each with its lock."""
    signing, locks = set(layout.signature_of.values()), layout.locks
    made = [
        fields.add_invisible(pdf, slot.name)
        if slot.kind is Kind.SEAL
        else fields.add_slot(pdf, slot, is_signature=slot.name in signing)
        for slot in layout.slots
    ]
    visible = layout.by_name
    unseen = [name for name in layout.signature_of.values() if name not in visible]
    for name in (CERTIFY_FIELD, *unseen, CLOSING_FIELD, *layout.time_fields):
        made.append(fields.add_invisible(pdf, name))
    for field in made:
        if (name := str(field["/T"])) in locks:
            fields.add_lock(pdf, field, locks[name])
    pdf.Root["/AcroForm"] = pdf.make_indirect(
        Dictionary(
            Fields=Array(made),
            SigFlags=3,
            DR=Dictionary(Font=Dictionary({f"/{fonts.RESOURCE}": embedded})),
            DA=String(f"/{fonts.RESOURCE} 0 Tf 0 g"),
        )
    )
    # ETSI EN 319 142: PAdES signatures, security store and document time stamps.
    extension = Dictionary(BaseVersion=Name("/1.7"), ExtensionLevel=2)
    pdf.Root["/Extensions"] = Dictionary(ESIC=extension)
    pdf.Root["/Version"] = Name("/1.7")


def _add_strip(pdf: Pdf, strip: str, *, subset: Subset, embedded: pikepdf.Object) -> None:
    """The document's ID along the bottom edge of every page as it is read."""
    font, resource = embedded_font(subset, number=0), Name.random(prefix="Paraph")
    made: dict[float, pikepdf.Object] = {}
    for page in pdf.pages:
        frame = Frame.of(page)
        room = (round(frame.width - STRIP_LEFT, 2), STRIP_SIZE * text.LEADING)
        if room[0] not in made:
            setting = text.fit(
                text.writable(strip, font=font), font=font, room=room, size=STRIP_SIZE
            )
            content = text.drawn(setting, font=font, resource=fonts.RESOURCE, top=room[1])
            made[room[0]] = pdf.make_indirect(
                Stream(
                    pdf,
                    content.encode("ascii"),
                    Type=Name.XObject,
                    Subtype=Name.Form,
                    BBox=Array([0, -2, *room]),
                    Resources=Dictionary(Font=Dictionary({f"/{fonts.RESOURCE}": embedded})),
                )
            )
        _draw_over(pdf, page, frame, resource=resource, form=made[room[0]])


def _draw_over(
    pdf: Pdf, page: pikepdf.Page, frame: Frame, *, resource: Name, form: pikepdf.Object
) -> None:
    _own_resources(page)
    page.add_resource(form, Name.XObject, name=resource)
    matrix = " ".join(f"{number:g}" for number in frame.matrix)
    # The old content is wrapped, so that its last transformation does not move the strip.
    drawing = (
        f"\nQ /Artifact BMC q {matrix} cm 1 0 0 1 {STRIP_LEFT:g} {STRIP_BOTTOM:g} cm "
        f"{resource} Do Q EMC\n"
    )
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(drawing.encode("ascii"))


def _own_resources(page: pikepdf.Page) -> None:
    """Give a page its own resources, so that what is added is added to it alone."""
    node: pikepdf.Object = page.obj
    while "/Resources" not in node and "/Parent" in node:
        node = node["/Parent"]
    inherited = node.get("/Resources", Dictionary())
    own = Dictionary({key: value for key, value in inherited.items()})
    own["/XObject"] = Dictionary({**dict(own.get("/XObject", Dictionary()).items())})
    page.obj["/Resources"] = own


def plan_of(ready: Paper, layout: Layout, subset: Subset) -> Plan:
    """Read the finished file once more: only now its object numbers are final."""
    slots = layout.by_name
    with opened(ready) as pdf:
        form = pdf.Root["/AcroForm"]
        number = form["/DR"]["/Font"][f"/{fonts.RESOURCE}"].objgen[0]
        entries: dict[str, FormField] = {}
        for field in form["/Fields"]:
            slot = slots.get(name := str(field["/T"]))
            frame = Frame.of(pdf.pages[slot.box.page - 1]) if slot else None
            entries[name] = fields.form_field(field, slot, frame)
        info = pdf.trailer.get("/Info")
        start = last_startxref(ready)
        return Plan(
            length=len(ready),
            size=int(pdf.trailer["/Size"]),
            startxref=start,
            has_xref_stream=ready[start : start + 4] != b"xref",
            file_id=bytes(pdf.trailer["/ID"][0]).hex(),
            root=pdf.Root.objgen[0],
            info=info.objgen[0] if info is not None else None,
            catalog=fields.read(pdf.Root),
            fields=entries,
            signature_of=dict(layout.signature_of),
            certify_field=CERTIFY_FIELD,
            closing_field=CLOSING_FIELD,
            time_fields=layout.time_fields,
            font=embedded_font(subset, number=number),
        )


def last_startxref(pdf: Cuttable) -> int:
    """Where the newest cross-reference section begins."""
    found = re.findall(rb"startxref\s+(\d+)\s+%%EOF", pdf[-1024:])
    if not found:
        raise CannotPrepare("The end of the file does not say where its table is.")
    return int(found[-1])


def embedded_font(subset: Subset, *, number: int) -> EmbeddedFont:
    """The font as a plan keeps it."""
    return EmbeddedFont(number, subset.ascent, subset.descent, subset.glyphs)
