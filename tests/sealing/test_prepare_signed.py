"""Files that come with signatures keep them, byte for byte, and take ours where they may."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyhanko.sign.fields import MDPPerm

from paraph.sealing import acts
from paraph.sealing.model import Act, Box, Plan, Prepared
from paraph.sealing.permission import ForbidsSigning
from paraph.sealing.prepare import CannotPrepare
from paraph.sealing.prepare_signed import prepare_signed
from paraph.sealing.release import check
from tests.sealing import forge
from tests.sealing.papers import (
    FONT,
    NOON,
    PARTIES,
    act,
    authority,
    completed,
    contract,
    slots,
)
from tests.sealing.validators import (
    has_shade,
    is_unaltered,
    lta_results,
    page_text,
    pdfsig,
    picture,
    qpdf_problems,
)

pytestmark = pytest.mark.slow


def ready(paper: bytes, *, page: int = 2) -> Prepared[bytes]:
    """The signed paper with places for both parties."""
    return prepare_signed(paper, slots=slots(page=page), parties=PARTIES, font=FONT)


def signed_on(begun: Prepared[bytes]) -> bytes:
    """Signed by both parties, then closed."""
    file, plan, home = begun.pdf, begun.plan, authority()
    for party in PARTIES:
        revision = acts.sign(file, plan, act(party), authority=home, at=NOON)
        file, plan = file + revision.tail, Plan.from_json(revision.plan.to_json())
    closing = acts.close(file, plan, acts.Last(b"{}", ""), authority=home, at=NOON)
    return file + closing.tail


def test_not_a_byte_of_the_upload_changes() -> None:
    upload = forge.signed(forge.paper())

    assert signed_on(ready(upload)).startswith(upload)


@pytest.mark.slow
def test_the_earlier_signature_and_ours_hold(tmp_path: Path) -> None:
    upload = forge.signed(forge.paper())

    file = signed_on(ready(upload))

    verdicts = pdfsig(file, tmp_path)
    assert len(verdicts) == 4
    assert set(verdicts.values()) == {"Signature is Valid."}
    assert qpdf_problems(file, tmp_path) == ""
    assert all(is_unaltered(result) for result in lta_results(file, authority()).values())
    check(file, expected={}, signatures=3, brought=len(upload))


def test_marks_are_shown_though_they_are_no_fields() -> None:
    file = signed_on(ready(forge.signed(forge.paper())))

    text, shown = page_text(file, 2), picture(file, 2)
    for words in ("Zoë Żółć", "Иван Петров", "90-001 Łódź", "Signed by Иван Петров"):
        assert words in text
    for left in (60, 310):
        tick = shown.crop((left, 360, left + 14, 374))
        stamped = shown.crop((left, 400, left + 90, 480))
        assert has_shade(tick, lambda shade: max(shade) < 90)
        assert has_shade(stamped, lambda shade: shade[0] > 150 and shade[1] < 80)


def test_a_file_that_is_signed_already_is_not_certified() -> None:
    begun = ready(forge.signed(forge.paper()))

    revision = acts.certify(begun.pdf, begun.plan, authority=authority(), reason="", at=NOON)

    assert revision.tail == b""
    assert revision.plan == begun.plan


@pytest.mark.parametrize("forbidding", ["certified without changes", "closed by Paraph"])
def test_a_file_that_forbids_signing_is_refused(forbidding: str) -> None:
    if forbidding == "closed by Paraph":
        upload = completed()
    else:
        upload = forge.signed(forge.paper(), certify=MDPPerm.NO_CHANGES)

    with pytest.raises(ForbidsSigning):
        ready(upload, page=1)


@pytest.mark.slow
def test_a_certified_file_takes_invisible_signatures_only(tmp_path: Path) -> None:
    upload = forge.signed(forge.paper(), certify=MDPPerm.FILL_FORMS)
    with pytest.raises(ForbidsSigning, match="certified"):
        ready(upload, page=1)

    begun = prepare_signed(upload, slots=[], parties=["company"], font=FONT)
    unseen = Act("company", "Erin", "erin@example.org")
    revision = acts.sign(begun.pdf, begun.plan, unseen, authority=authority(), at=NOON)

    file = begun.pdf + revision.tail
    assert set(pdfsig(file, tmp_path).values()) == {"Signature is Valid."}
    assert all(is_unaltered(result) for result in lta_results(file, authority()).values())


def test_without_marks_no_font_is_added() -> None:
    upload = forge.signed(forge.paper(), certify=MDPPerm.FILL_FORMS)

    begun = prepare_signed(upload, slots=[], parties=["company"], font=FONT)

    assert b"/FontFile2" not in begun.pdf[len(upload) :]


def test_marks_of_one_party_on_two_pages_are_refused() -> None:
    scattered = slots(page=2)
    scattered[0] = replace(scattered[0], box=Box(1, 60, 300, 200, 18))

    with pytest.raises(CannotPrepare, match="one page"):
        prepare_signed(forge.signed(forge.paper()), slots=scattered, parties=PARTIES, font=FONT)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_marks_stand_upright_on_a_turned_page(rotation: int) -> None:
    upload = forge.signed(contract(2, rotation=rotation))
    where = [replace(slot, box=replace(slot.box, y=slot.box.y - 180)) for slot in slots(page=2)]

    begun = prepare_signed(upload, slots=where, parties=PARTIES, font=FONT)

    shown = picture(signed_on(begun), 2)
    stamped = shown.crop((60, 220, 150, 300))
    assert has_shade(stamped, lambda shade: shade[0] > 150 and shade[1] < 80)
