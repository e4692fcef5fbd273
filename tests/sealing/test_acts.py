"""Certifying, signing and closing, judged by pdfsig, qpdf, pyHanko and PDFium."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pyhanko.sign.ades.report import AdESPassed

from paraph.sealing import acts, filling, fonts
from paraph.sealing.appearances import CannotShow, Obstacle
from paraph.sealing.model import Prepared
from paraph.sealing.prepare import Layout, plan_of
from tests.sealing.papers import (
    FONT,
    NAMES,
    NOON,
    PARTIES,
    act,
    authority,
    certified,
    completed,
    contract,
    prepared,
    slots,
    stamp,
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

FIELDS = {"paraph_certification", "company_sign", "client_sign", "paraph_closing"}


@pytest.mark.slow
def test_pdfsig_and_qpdf_find_a_completed_file_in_order(tmp_path: Path) -> None:
    file = completed()

    verdicts = pdfsig(file, tmp_path)

    assert set(verdicts) == FIELDS
    assert set(verdicts.values()) == {"Signature is Valid."}
    assert qpdf_problems(file, tmp_path) == ""


@pytest.mark.slow
def test_pyhanko_finds_every_signature_lasting_and_unaltered() -> None:
    results = lta_results(completed(pause=timedelta(days=2)), authority())

    assert set(results) == FIELDS
    for result in results.values():
        assert result.ades_subindic is AdESPassed.OK
        assert is_unaltered(result)


@pytest.mark.slow
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_turned_and_cropped_contract_is_signed_as_well(rotation: int, tmp_path: Path) -> None:
    paper = contract(rotation=rotation, crop=(20, 20, 580, 800))

    file = completed(prepared(paper, where=slots(page=2)))

    assert set(pdfsig(file, tmp_path).values()) == {"Signature is Valid."}
    assert qpdf_problems(file, tmp_path) == ""
    assert all(is_unaltered(result) for result in lta_results(file, authority()).values())


@pytest.mark.slow
def test_a_file_with_a_plain_table_is_continued_in_its_manner(tmp_path: Path) -> None:
    ready = plainly_written(prepared())
    assert not ready.plan.has_xref_stream

    file = completed(ready)

    assert set(pdfsig(file, tmp_path).values()) == {"Signature is Valid."}
    assert qpdf_problems(file, tmp_path) == ""
    results = lta_results(file, authority())
    assert {result.ades_subindic for result in results.values()} == {AdESPassed.OK}


@pytest.mark.slow
def test_every_flipped_byte_is_found(tmp_path: Path) -> None:
    file = completed()
    for place in (100, 5_000, 30_000, len(file) // 2, len(file) - 40_000):
        altered = bytearray(file)
        altered[place] ^= 1

        verdicts = pdfsig(bytes(altered), tmp_path)

        assert set(verdicts) != FIELDS or set(verdicts.values()) != {"Signature is Valid."}


def test_values_are_shown_in_every_alphabet() -> None:
    text = page_text(completed(), 3)

    assert "Zoë Żółć" in text
    assert "Иван Петров" in text
    assert "ul. Żółta 5, 90-001 Łódź" in text
    assert "Signed by Иван Петров" in text


def test_stamps_and_signatures_are_painted_in_their_places() -> None:
    shown = picture(completed(), 3)

    for left in (60, 310):
        stamped = shown.crop((left, 400, left + 90, 480))
        signed = shown.crop((left, 500, left + 150, 540))
        assert has_shade(stamped, lambda shade: shade[0] > 150 and shade[1] < 80)
        assert has_shade(signed, lambda shade: shade[2] > 90 and shade[0] < 60)


def test_before_signing_nothing_is_painted() -> None:
    shown = picture(prepared().pdf, 3)

    assert shown.crop((60, 200, 560, 600)).convert("L").getextrema() == (255, 255)


def test_an_act_is_an_append() -> None:
    file, plan = certified(prepared())

    revision = acts.sign(file, plan, act("company"), authority=authority(), at=NOON)

    assert revision.plan.length == len(file) + len(revision.tail)
    assert len(revision.certificates) == 3
    assert revision.plan.validation.responses.keys() > plan.validation.responses.keys()


def test_a_second_use_of_a_stamp_costs_no_second_picture() -> None:
    file, plan = certified(prepared())
    home, first, second = authority(), act("company"), act("client")
    once = acts.sign(file, plan, first, authority=home, at=NOON)

    twice = acts.sign(file + once.tail, once.plan, second, authority=home, at=NOON)

    assert once.plan.pictures == twice.plan.pictures
    assert twice.tail.count(b"/Subtype/Image") == 0


def test_a_plan_of_another_revision_is_refused() -> None:
    file, plan = certified(prepared())
    revision = acts.sign(file, plan, act("company"), authority=authority(), at=NOON)

    with pytest.raises(ValueError, match="another revision"):
        acts.sign(file + revision.tail, plan, act("client"), authority=authority(), at=NOON)


def test_nobody_fills_the_fields_of_another() -> None:
    file, plan = certified(prepared())
    for wrong in ({"values": {"client_name": "Mallory"}}, {"pictures": {"client_stamp": stamp()}}):
        intruding = replace(act("company"), **wrong)

        with pytest.raises(filling.NotYours):
            acts.sign(file, plan, intruding, authority=authority(), at=NOON)


def test_what_cannot_be_shown_is_told_beforehand_and_never_signed() -> None:
    file, plan = certified(prepared())
    values = {"company_name": "山田太郎", "company_day": "long " * 200, "company_requisites": "ok"}

    obstacles = filling.obstacles_to_entering(plan, values)

    assert obstacles == {
        "company_name": Obstacle.UNKNOWN_LETTERS,
        "company_day": Obstacle.TOO_LONG,
    }
    with pytest.raises(CannotShow):
        unshowable = replace(act("company"), values=values)
        acts.sign(file, plan, unshowable, authority=authority(), at=NOON)


def test_a_name_in_foreign_letters_still_signs() -> None:
    file, plan = certified(prepared())
    foreign = replace(act("company"), signer_name="山田太郎", lines=("Signed by 山田太郎",))

    revision = acts.sign(file, plan, foreign, authority=authority(), at=NOON)

    assert "Signed by ????" in page_text(file + revision.tail, 3)


def test_a_certificate_that_has_run_out_signs_nothing() -> None:
    file, plan = certified(prepared())
    home, late = authority(), NOON + timedelta(minutes=16)
    leaf = home.issue("Zoë Żółć", "zoe@example.org", NOON)

    with pytest.raises(acts.CertificateExpired):
        acts.sign(file, plan, act("company"), authority=home, at=late, credential=leaf)


def test_the_evidence_lies_within_the_closing_signature() -> None:
    file, plan = certified(prepared())
    evidence = b'{"checkpoint": "paraph"}'
    closing = acts.close(
        file, plan, acts.Last(evidence, "Completed"), authority=authority(), at=NOON
    )

    with pikepdf.open(BytesIO(file + closing.tail)) as pdf:
        fields = {str(one["/T"]): one for one in pdf.Root["/AcroForm"]["/Fields"]}
        assert bytes(fields["paraph_closing"]["/V"]["/Paraph_Evidence"]) == evidence


def test_an_unticked_box_stays_empty() -> None:
    file, plan = certified(prepared())
    unticked = replace(act("company"), values={"company_agree": False})

    revision = acts.sign(file, plan, unticked, authority=authority(), at=NOON)

    shown = picture(file + revision.tail, 3).crop((60, 360, 74, 374)).convert("L")
    assert shown.getextrema() == (255, 255)


@pytest.mark.slow
def test_a_credential_renewed_in_between_changes_nothing(tmp_path: Path) -> None:
    file, plan = certified(prepared())
    later = NOON + timedelta(days=380)
    renewed = authority().renewed(later)
    for party in PARTIES:
        revision = acts.sign(file, plan, act(party), authority=renewed, at=later)
        file, plan = file + revision.tail, revision.plan

    results = lta_results(file, authority())

    assert {result.ades_subindic for result in results.values()} == {AdESPassed.OK}
    assert len(results) == 1 + len(NAMES)


def plainly_written(ready: Prepared[bytes]) -> Prepared[bytes]:
    """The same prepared file as a writer without object streams would save it."""
    written = BytesIO()
    with pikepdf.open(BytesIO(ready.pdf)) as pdf:
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    layout = Layout.of(slots(), PARTIES)
    return Prepared(written.getvalue(), plan_of(written.getvalue(), layout, fonts.subset(FONT)))
