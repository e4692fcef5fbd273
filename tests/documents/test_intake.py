"""What comes in is rewritten plainly, or refused with a sentence that helps."""

from collections.abc import Callable
from functools import partial
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array
from pyhanko.sign.fields import MDPPerm
from pytest_django import Settings

from paraph.documents.intake import TakenIn, Upload, take_in
from paraph.documents.refusals import CannotUse
from tests.sealing import forge

from . import paper

pytestmark = pytest.mark.slow


def taken(content: bytes, name: str = "contract.pdf") -> TakenIn:
    return take_in([Upload(name, content)])


def refusal(content: bytes, name: str = "contract.pdf") -> CannotUse:
    with pytest.raises(CannotUse) as caught:
        taken(content, name)
    return caught.value


def test_an_ordinary_contract_keeps_its_pages() -> None:
    document = taken(paper.contract(3))

    assert document.pages == [[595.276, 841.89]] * 3
    assert document.removed == []
    assert not document.was_signed


def test_the_same_upload_gives_the_same_bytes() -> None:
    content = paper.contract()

    assert taken(content).original == taken(content).original


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 hello.txt", "archive"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
        (b"GIF89a", "other-picture"),
        (b"\0\0\0\x18ftypheic", "heic"),
        (b"<html>a page</html>", "other"),
        (b"%PDF-1.7 and then nothing", "broken"),
        (paper.contract()[:900], "broken"),
        (paper.picture()[:800], "broken"),
        (paper.encrypted(user="secret"), "encrypted"),
    ],
)
def test_what_cannot_be_used_is_refused_by_content(content: bytes, why: str) -> None:
    refused = refusal(content, "contract.pdf")

    assert refused.why == why
    assert "contract.pdf" in refused.reasons[0]


@pytest.mark.parametrize(
    "build",
    [
        paper.enormous_png,
        paper.endless_pages,
        paper.nested_arrays,
        paper.nested_forms,
        paper.swollen_content,
        partial(paper.repeated, 2_001),
    ],
)
def test_bombs_are_refused_within_the_limits(build: Callable[[], bytes]) -> None:
    allowed = {"too-many-pixels", "too-many-pages", "too-complex", "too-slow", "broken"}

    assert refusal(build()).why in allowed


def test_a_file_over_the_limit_is_refused_before_it_is_opened(settings: Settings) -> None:
    settings.UPLOAD_BYTES = 1024 * 1024

    refused = refusal(b"%PDF-1.7" + bytes(1024 * 1024))

    assert "larger than 1 MB" in refused.reasons[0]


def test_nothing_and_a_mixture_are_refused() -> None:
    both = [Upload("a.pdf", paper.contract()), Upload("b.png", paper.picture())]

    with pytest.raises(CannotUse, match="Choose a document"):
        take_in([])
    with pytest.raises(CannotUse, match="at a time"):
        take_in(both)


def test_scripts_and_actions_are_taken_out() -> None:
    document = taken(paper.changed(paper.with_script))

    assert document.removed == ["actions", "scripts"]
    assert b"/JavaScript" not in document.original
    assert b"/OpenAction" not in document.original


def test_attached_files_are_taken_out() -> None:
    document = taken(paper.changed(paper.with_attachment))

    assert document.removed == ["attachments"]
    assert b"/EmbeddedFile" not in document.original


def test_hidden_layers_go_and_visible_ones_stay() -> None:
    document = taken(paper.changed(paper.with_layers))

    assert document.removed == ["layers"]
    text = content_of(document.original)
    assert b"Visible" in text
    assert b"Secret" not in text


def test_a_filled_form_becomes_part_of_the_page() -> None:
    document = taken(paper.changed(paper.with_form))

    assert document.removed == ["forms", "xfa"]
    assert b"/AcroForm" not in document.original
    assert b"/Widget" not in document.original
    assert b"Filled in" in drawings_of(document.original)


def test_restrictions_without_a_password_are_lifted() -> None:
    document = taken(paper.encrypted(user=""))

    assert document.removed == ["encryption"]


def test_earlier_versions_inside_the_file_are_forgotten() -> None:
    content = paper.contract()
    hidden = b"7 0 obj (what was there before) endobj\n"
    start = content.rindex(b"startxref")
    update = hidden + content[start:]

    document = taken(content + update)

    assert document.removed == ["earlier-versions"]
    assert b"what was there before" not in document.original


def test_a_damaged_file_is_repaired_and_its_owner_told() -> None:
    content = paper.contract()
    start = content.rindex(b"startxref")

    document = taken(content[:start] + b"startxref\n12345\n%%EOF")

    assert document.removed == ["repaired"]
    assert len(document.pages) == 2


def test_comments_are_drawn_and_attached_ones_go() -> None:
    document = taken(paper.changed(paper.with_comments))

    assert document.removed == ["attachments", "comments"]
    assert b"MZ hostile" not in document.original
    assert b"/Annot" not in document.original


def test_a_form_that_only_says_please_wait_is_refused() -> None:
    def make_dynamic(pdf: pikepdf.Pdf) -> None:
        paper.with_form(pdf)
        pdf.Root.NeedsRendering = True

    assert refusal(paper.changed(make_dynamic)).why == "dynamic-form"


def test_a_form_whose_entries_cannot_be_drawn_is_refused() -> None:
    def leave_undrawn(pdf: pikepdf.Pdf) -> None:
        paper.with_form(pdf)
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.Root.AcroForm.Fields[0].V = pikepdf.String("Łódź")

    assert refusal(paper.changed(leave_undrawn)).why == "form-not-drawn"


def test_links_to_the_web_stay_and_other_actions_go() -> None:
    document = taken(paper.changed(paper.with_links))

    assert b"https://example.org" in document.original
    assert b"calc.exe" not in document.original


@pytest.mark.parametrize(("turn", "size"), [(0, [300, 500]), (90, [500, 300]), (270, [500, 300])])
def test_sizes_are_those_of_the_page_as_displayed(turn: int, size: list[float]) -> None:
    def turn_and_crop(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Rotate = turn
        pdf.pages[0].obj.CropBox = Array([50, 100, 350, 600])

    assert taken(paper.changed(turn_and_crop)).pages[0] == size


def test_a_page_with_a_unit_of_its_own_is_measured_in_points() -> None:
    def enlarge(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.UserUnit = 2

    document = taken(paper.changed(enlarge))

    assert document.pages[0] == pytest.approx([1190.55, 1683.78], abs=0.01)
    assert b"/UserUnit" not in document.original


def test_a_signed_file_stays_byte_for_byte() -> None:
    content = paper.changed(paper.with_signature)

    document = taken(content)

    assert document.was_signed
    assert document.original == content


@pytest.mark.parametrize(
    "lock", [{"/P": 1}, {"/Action": pikepdf.Name.All}, {"/Action": pikepdf.Name.Exclude}]
)
def test_a_signature_that_forbids_ours_is_refused(lock: dict[str, object]) -> None:
    content = paper.changed(lambda pdf: paper.with_signature(pdf, lock))

    assert refusal(content).why == "locked-by-signature"


def test_a_certified_file_which_takes_no_visible_mark_is_refused() -> None:
    content = forge.signed(forge.paper(), certify=MDPPerm.FILL_FORMS)

    assert refusal(content).why == "locked-by-signature"


def test_a_signed_file_that_is_damaged_is_refused_at_once() -> None:
    content = forge.signed(forge.paper())
    start = content.rindex(b"startxref")

    assert refusal(content[:start] + b"startxref\n12345\n%%EOF").why == "broken"


def content_of(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return b"".join(page.Contents.read_bytes() for page in opened.pages)


def drawings_of(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        drawings = opened.pages[0].Resources.XObject.values()
        return b"".join(drawing.read_bytes() for drawing in drawings)
