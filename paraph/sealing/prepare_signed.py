"""Makes a file that already carries signatures ready for ours: nothing in it is rewritten;
empty signature fields are appended, and our marks will be their appearances."""

from __future__ import annotations

import re
import secrets
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from paraph.sealing import fields, fonts, writer
from paraph.sealing.draft import Paper, Sheet, digest_of, grown
from paraph.sealing.fields import Lock
from paraph.sealing.geometry import Frame
from paraph.sealing.model import (
    Box,
    EmbeddedFont,
    FormField,
    Kind,
    Plan,
    Prepared,
    Slot,
    ValidationData,
)
from paraph.sealing.opening import opened
from paraph.sealing.permission import refuse_forbidden
from paraph.sealing.prepare import (
    SPARE_TIME_FIELDS,
    TIME_FIELDS_EACH,
    CannotPrepare,
    Layout,
    embedded_font,
    last_startxref,
)
from paraph.sealing.writer import Writer

REFERENCE = re.compile(r"\b(\d+) 0 R\b")


@dataclass(frozen=True)
class NewField:
    """A signature field to be appended; an invisible one has no box."""

    name: str
    box: Box | None = None
    party: str = ""
    lock: Lock | None = None
    kind: str = ""

    @property
    def page(self) -> int:
        """The page whose annotation it becomes."""
        return self.box.page if self.box else 1


def prepare_signed(
    pdf: Sheet, *, slots: Sequence[Slot], parties: Sequence[str], font: bytes
) -> Prepared[Sheet]:
    """Append a signature field for each party, for closing and for the time stamps.

    All marks of a party must lie on one page: they become one appearance. Raises
    ``ForbidsSigning`` when a signature in the file allows no further one.
    """
    # Names of its own, because the file may have been through Paraph before.
    prefix = f"paraph_{digest_of(pdf).hexdigest()[:8]}"
    signing = {party: f"{prefix}_{number}" for number, party in enumerate(parties, start=1)}
    seals = [slot for slot in slots if slot.kind is Kind.SEAL]
    slots = [slot for slot in slots if slot.kind is not Kind.SEAL]
    with opened(pdf, attempt_recovery=False) as source:
        refuse_forbidden(source, with_marks=bool(slots))
        Layout(slots, signing).refuse(pages=len(source.pages))
        paper = Writer(pdf, _bare_plan(source, pdf, signing, prefix))
        subset = fonts.subset(font)
        # Without marks nothing is written, and nothing may lie in the file that nobody needs.
        number = _append_font(paper, subset) if slots else 0
        new = [*_new_fields(slots, paper.plan), *_new_seals(seals, prefix)]
        _append_fields(source, paper, new)
        _add_parts(paper, slots, {one.name: one for one in new})
    paper.finish()
    plan = replace(paper.next_plan, font=embedded_font(subset, number=number))
    return Prepared(grown(pdf, bytes(paper.tail)), plan)


def _bare_plan(source: Pdf, pdf: Paper, signing: Mapping[str, str], prefix: str) -> Plan:
    start, trailer = last_startxref(pdf), source.trailer
    info, identifier = trailer.get("/Info"), trailer.get("/ID")
    times = range(1, TIME_FIELDS_EACH * len(signing) + SPARE_TIME_FIELDS + 1)
    return Plan(
        length=len(pdf),
        size=_next_number(source),
        startxref=start,
        has_xref_stream=pdf[start : start + 4] != b"xref",
        file_id=bytes(identifier[0]).hex() if identifier is not None else secrets.token_hex(16),
        root=_number(source.Root),
        info=info.objgen[0] if info is not None and info.is_indirect else None,
        catalog=fields.read(source.Root),
        fields={},
        signature_of=signing,
        certify_field=None,
        closing_field=f"{prefix}_closing",
        time_fields=[f"{prefix}_time_{number}" for number in times],
        font=EmbeddedFont(0, 0, 0, {}),
        validation=_kept_validation(source),
    )


def _next_number(pdf: Pdf) -> int:
    """A number that no object has, even where the trailer says less than the truth."""
    used = (one.objgen[0] for one in pdf.objects if isinstance(one, Object))
    return max(int(pdf.trailer["/Size"]), max(used, default=0) + 1)


def _kept_validation(pdf: Pdf) -> ValidationData:
    """What earlier signers stored for their validators stays where it is."""
    store = pdf.Root.get("/DSS")
    if not isinstance(store, Dictionary):
        return ValidationData()

    def numbers(key: str) -> dict[str, int]:
        kept = [one.objgen[0] for one in store.get(key, Array()) if one.is_indirect]
        return {f"kept-{index}": number for index, number in enumerate(kept)}

    related = store.get("/VRI")
    entries = fields.read(related) if isinstance(related, Dictionary) else {}
    return ValidationData(
        certificates=numbers("/Certs"),
        responses=numbers("/OCSPs"),
        lists=numbers("/CRLs"),
        related="".join(f"{key} {value}" for key, value in entries.items()),
    )


def _new_fields(slots: Sequence[Slot], plan: Plan) -> Iterator[NewField]:
    for party, name in plan.signature_of.items():
        boxes = [slot.box for slot in slots if slot.party == party]
        box = _around(boxes) if boxes else None
        yield NewField(name, box, party, Lock((name,)))
    closing = plan.closing_field
    yield NewField(closing, lock=Lock((closing,), is_final=True))
    for name in plan.time_fields:
        yield NewField(name)


def _new_seals(slots: Sequence[Slot], prefix: str) -> Iterator[NewField]:
    for number, slot in enumerate(slots, start=1):
        name = f"{prefix}_seal_{number}"
        yield NewField(name, party=slot.party, lock=Lock((name,)), kind=Kind.SEAL)


def _around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all marks of a party."""
    if len({box.page for box in boxes}) > 1:
        raise CannotPrepare("In a signed file all marks of a party must lie on one page.")
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right = max(box.x + box.width for box in boxes)
    bottom = max(box.y + box.height for box in boxes)
    return Box(boxes[0].page, left, top, right - left, bottom - top)


def _append_fields(pdf: Pdf, paper: Writer, new: Sequence[NewField]) -> None:
    """Write the fields, and show them to the form and to their pages."""
    added: dict[int, list[int]] = {}
    for one in new:
        page = pdf.pages[one.page - 1]
        made = _form_field(paper, one, Frame.of(page), page=_number(page.obj))
        paper.fields[one.name] = made
        paper.put(made.number, writer.dictionary(made.entries))
        added.setdefault(one.page, []).append(made.number)
    for page_number, numbers in added.items():
        page_object = pdf.pages[page_number - 1].obj
        _extend(paper, page_object, "/Annots", numbers, also={})
    every = [number for numbers in added.values() for number in numbers]
    form = pdf.Root.get("/AcroForm", Dictionary())
    if form.is_indirect:
        _extend(paper, form, "/Fields", every, also={"/SigFlags": "3"})
    else:
        entries = fields.read(form) | {"/SigFlags": "3"}
        entries["/Fields"] = _extended(paper, form, "/Fields", every)
        paper.set_catalog({"/AcroForm": writer.dictionary(entries).decode("latin-1")})


def _form_field(paper: Writer, new: NewField, frame: Frame, *, page: int) -> FormField:
    edges = frame.rectangle(new.box) if new.box else (0.0, 0.0, 0.0, 0.0)
    shown = fields.PRINTED if new.box else fields.PRINTED | fields.LOCKED
    entries = {
        "/Type": "/Annot",
        "/Subtype": "/Widget",
        "/FT": "/Sig",
        "/T": f"({new.name})",
        "/F": str(shown),
        "/Rect": "[" + " ".join(f"{edge:.2f}" for edge in edges) + "]",
        "/P": f"{page} 0 R",
    }
    if new.lock:
        lock = paper.add(f"<</Type/SigFieldLock{new.lock.entries}>>".encode("ascii"))
        entries["/Lock"] = f"{lock} 0 R"
    width, height = (new.box.width, new.box.height) if new.box else (0, 0)
    return FormField(
        paper.reserve_number(),
        entries,
        party=new.party,
        kind=new.kind,
        width=width,
        height=height,
        rotation=frame.rotation,
    )


def _add_parts(paper: Writer, slots: Sequence[Slot], new: Mapping[str, NewField]) -> None:
    """The slots as parts of their party's one appearance."""
    for slot in slots:
        name = paper.plan.signature_of[slot.party]
        around = new[name].box or slot.box
        paper.fields[slot.name] = FormField(
            0,
            {},
            party=slot.party,
            kind=slot.kind,
            width=slot.box.width,
            height=slot.box.height,
            font_size=slot.font_size,
            inside=name,
            left=slot.box.x - around.x,
            bottom=around.y + around.height - slot.box.y - slot.box.height,
        )


def _extend(
    paper: Writer, holder: Object, key: str, numbers: Sequence[int], *, also: Mapping[str, str]
) -> None:
    """Rewrite a dictionary whose array gets longer."""
    entries = fields.read(holder) | dict(also)
    entries[key] = _extended(paper, holder, key, numbers)
    paper.put(_number(holder), writer.dictionary(entries))


def _extended(paper: Writer, holder: Object, key: str, numbers: Sequence[int]) -> str:
    """The array with more references: rewritten where it lies apart, or as it is written."""
    before = holder.get(key, Array())
    inner = before.unparse(resolved=True).decode("latin-1").strip()[1:-1]
    longer = f"[{inner} {writer.references(numbers)[1:]}"
    if not before.is_indirect:
        return longer
    paper.put(_number(before), longer.encode("latin-1"))
    return f"{_number(before)} 0 R"


def _append_font(paper: Writer, subset: fonts.Subset) -> int:
    """Copy the font from a scratch file, with numbers of its own here."""
    with pikepdf.new() as scratch:
        return _copied(paper, scratch, fonts.embed(scratch, subset), {})


def _copied(paper: Writer, scratch: Pdf, source: Object, known: dict[int, int]) -> int:
    if (old := source.objgen[0]) in known:
        return known[old]
    number = known[old] = paper.reserve_number()

    def renumbered(found: re.Match[str]) -> str:
        inner = scratch.get_object(int(found[1]), 0)
        return f"{_copied(paper, scratch, inner, known)} 0 R"

    if isinstance(source, Stream):
        content = zlib.compress(source.read_bytes())
        kept = fields.read(source) | {"/Filter": "/FlateDecode", "/Length": str(len(content))}
        head = writer.dictionary(kept)
        paper.put(number, head + b"\nstream\n" + content + b"\nendstream")
    else:
        written = source.unparse(resolved=True).decode("latin-1")
        paper.put(number, REFERENCE.sub(renumbered, written).encode("latin-1"))
    return number


def _number(target: Object) -> int:
    """Its object number; a file that reuses numbers is too odd to be continued."""
    number, generation = target.objgen
    if not number or generation:
        raise CannotPrepare("The file cannot be continued.")
    return int(number)
