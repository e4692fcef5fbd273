"""What is laid into a file before the first signature, and where it lands."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from paraph.sealing import acts
from paraph.sealing.model import Act, Box, Kind, Plan, Slot
from paraph.sealing.prepare import CannotPrepare
from tests.sealing.papers import (
    NOON,
    STRIP,
    authority,
    black,
    certified,
    contract,
    prepared,
    slots,
)
from tests.sealing.validators import dark_box, page_text, qpdf_problems

pytestmark = pytest.mark.slow
LAST = slots()[-1]

CROPS = [(), (40, 60, 500, 760)]


def blank(rotation: int, crop: tuple[float, ...], *, unit: float = 1) -> bytes:
    """One empty page, turned and cropped."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        page = pdf.pages[0].obj
        # Rotation and boxes are inherited here, as real files often have it.
        pages = pdf.Root["/Pages"]
        pages["/Rotate"] = rotation
        if crop:
            pages["/CropBox"] = pikepdf.Array(list(crop))
        page["/UserUnit"] = unit
        written = BytesIO()
        pdf.save(written)
        return written.getvalue()


def stamped(paper: bytes, box: Box) -> bytes:
    """The paper with a black stamp that fills this box."""
    where = [Slot("stamp", "company", Kind.STAMP, box, "Stamp")]
    ready = prepared(paper, where=where, strip="")
    pictures = {"stamp": black((90, 60))}
    act = Act("company", "Erin", "erin@example.org", pictures=pictures)
    file, plan = certified(ready)
    return file + acts.sign(file, plan, act, authority=authority(), at=NOON).tail


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", CROPS)
def test_a_mark_lands_where_it_was_placed(rotation: int, crop: tuple[float, ...]) -> None:
    box = Box(1, 100, 150, 90, 60)

    file = stamped(blank(rotation, crop), box)

    landed = dark_box(file, 1)
    wanted = (box.x, box.y, box.x + box.width, box.y + box.height)
    assert landed == pytest.approx(wanted, abs=1)


def test_a_unit_of_its_own_moves_nothing() -> None:
    file = stamped(blank(0, (), unit=2.5), Box(1, 100, 150, 90, 60))

    assert dark_box(file, 1) == pytest.approx((100, 150, 190, 210), abs=1)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_strip_lies_along_the_bottom_edge(rotation: int) -> None:
    file = prepared(blank(rotation, ()), where=[]).pdf

    height = 595 if rotation in (90, 270) else 842

    left, top, _, bottom = dark_box(file, 1)
    assert left == pytest.approx(19, abs=2)
    assert height - 20 < top < bottom < height - 4


def test_every_page_shows_the_strip_and_its_own_words() -> None:
    file = prepared().pdf

    for page in (1, 2, 3):
        assert STRIP in page_text(file, page)
        assert f"Contract, page {page}" in page_text(file, page)


def test_extra_pages_come_last_and_take_slots() -> None:
    box = Box(4, 60, 100, 300, 20)
    extra = Slot("proof", "client", Kind.TEXT, box, "Proof", read_only=True)

    ready = prepared(contract(3), where=[*slots(), extra], extra_pages=contract(1))

    with pikepdf.open(BytesIO(ready.pdf)) as pdf:
        assert len(pdf.pages) == 4
        assert any(str(note.get("/T", "")) == "proof" for note in pdf.pages[3].obj["/Annots"])
    assert STRIP in page_text(ready.pdf, 4)


def test_a_prepared_file_is_sound(tmp_path: Path) -> None:
    assert qpdf_problems(prepared().pdf, tmp_path) == ""


def test_a_plan_survives_as_text() -> None:
    plan = prepared().plan

    again = Plan.from_json(plan.to_json())

    assert again.to_json() == plan.to_json()
    assert again.fields == plan.fields


def test_a_party_without_a_place_signs_invisibly() -> None:
    plan = prepared(where=[slot for slot in slots() if slot.party == "company"]).plan

    assert plan.signature_of["company"] == "company_sign"
    assert plan.signature_of["client"] == "paraph_signature_2"


def test_what_would_act_by_itself_is_dropped() -> None:
    with pikepdf.open(BytesIO(contract())) as pdf:
        pdf.Root["/OpenAction"] = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        written = BytesIO()
        pdf.save(written)

    with pikepdf.open(BytesIO(prepared(written.getvalue()).pdf)) as pdf:
        assert "/OpenAction" not in pdf.Root


@pytest.mark.parametrize(
    "wrong",
    [
        replace(LAST, name="with.dot"),
        replace(LAST, name="żółć"),
        replace(LAST, name="paraph_closing"),
        replace(LAST, name="company_name"),
        replace(LAST, party="stranger"),
        replace(LAST, box=Box(9, 0, 0, 10, 10)),
        replace(LAST, box=Box(0, 0, 0, 10, 10)),
    ],
    ids=lambda slot: f"{slot.name} {slot.party} {slot.box.page}",
)
def test_a_slot_that_cannot_be_is_refused(wrong: Slot) -> None:
    with pytest.raises(CannotPrepare):
        prepared(where=[*slots()[:-1], wrong])
