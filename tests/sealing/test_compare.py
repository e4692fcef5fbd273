"""What a comparison tells about two versions of a paper."""

import io

import pikepdf
import pytest

from paraph.sealing.compare import compare
from paraph.sealing.report import Change
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify
from tests.sealing import forge


def test_equal_papers_differ_in_nothing() -> None:
    assert compare(forge.paper(), forge.paper()) == []


def test_a_changed_amount_is_told_with_its_place() -> None:
    old, new = forge.paper("Price: 12450 euros"), forge.paper("Price: 99450 euros")

    [change] = compare(old, new)

    assert (change.page, change.kind) == (1, "amount")
    assert (change.before, change.after) == ("12450 euros", "99450 euros")
    assert change.box and change.box == pytest.approx((107, 133, 67, 9), abs=4)


def test_places_are_those_of_the_page_as_displayed() -> None:
    old = _turned(forge.paper("Price: 12450 euros"))
    new = _turned(forge.paper("Price: 99450 euros"))

    [change] = compare(old, new)

    assert change.box
    left, top, width, height = change.box
    assert 690 < left < 712 and 104 < top < 112
    assert height > width


def _turned(pdf: bytes) -> bytes:
    """Turn all pages by 90 degrees to the right."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            page.Rotate = 90
        opened.save(out)
    return out.getvalue()


def test_added_and_removed_words_are_told() -> None:
    short, long = forge.paper("We agree."), forge.paper("We do not agree.")

    assert [(each.before, each.after) for each in compare(short, long)] == [("", "do not")]
    assert [(each.before, each.after) for each in compare(long, short)] == [("do not", "")]


def test_an_inserted_page_does_not_make_all_others_differ() -> None:
    old, new = forge.paper("One", "Two", "Three"), forge.paper("One", "New", "Two", "Three")

    assert compare(old, new) == [Change(2, None, "page-added", "", "New")]
    assert compare(new, old) == [Change(2, None, "page-removed", "New", "")]


def test_what_is_entered_into_a_field_is_told_with_its_place() -> None:
    old = forge.paper()

    [change] = compare(old, forge.filled(old, "Lyon"), with_fields=True)

    assert (change.page, change.kind) == (1, "text")
    assert (change.before, change.after) == ("", "Lyon")
    assert change.box and change.box == pytest.approx((72, 222, 200, 20), abs=4)


def test_a_change_in_the_picture_alone_is_told() -> None:
    old = forge.paper()

    [change] = compare(old, forge.filled(old, ""), with_fields=True)

    assert (change.page, change.kind) == (1, "appearance")
    assert change.box and change.box == pytest.approx((72, 222, 200, 20), abs=4)


def test_fields_count_only_on_request() -> None:
    old = forge.paper()

    assert compare(old, forge.filled(old, "Lyon")) == []


def test_a_forged_price_is_told_against_the_signed_version() -> None:
    forged = forge.repriced(forge.signed(forge.paper()))

    report = verify(forged, trust=[])

    assert report.verdict == Verdict.ALTERED
    assert [(each.before, each.after) for each in report.changes] == [
        ("12 450 euros", "99 450 euros")
    ]


@pytest.mark.slow
def test_a_paper_signed_anew_is_told_against_its_original() -> None:
    original = forge.completed()
    forged = forge.completed(forge.paper("The price is 1 euro.", "Both agree."))

    report = verify(forged, trust=[], original=original)

    assert report.verdict == Verdict.ALTERED
    assert report.codes[0] == "differs-from-original"
    assert report.changes[0].before == "12 450 euros"


@pytest.mark.slow
def test_a_paper_that_continues_its_original_is_intact() -> None:
    course = forge.prepared()
    start = course.file

    report = verify(forge.finished(course), trust=[], original=start)

    assert (report.verdict, report.changes) == (Verdict.INTACT, ())
