"""No forged paper is ever called intact."""

import io
import random
import re
from collections.abc import Callable
from types import FunctionType

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import Reference
from pyhanko.pdf_utils.reader import PdfFileReader

from paraph.sealing.analysis.reading import Reader
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify
from tests.sealing import forge

pytestmark = pytest.mark.slow

Forgery = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def signed() -> bytes:
    return forge.signed(forge.paper(), stamped=True)


@pytest.fixture(scope="module")
def completed() -> bytes:
    return forge.completed()


def _verdict(file: bytes) -> Verdict:
    return verify(file, trust=[]).verdict


def _flipped(file: bytes, place: int, bit: int = 1) -> bytes:
    return file[:place] + bytes([file[place] ^ bit]) + file[place + 1 :]


def test_a_byte_changed_in_the_middle_breaks_it(signed: bytes, completed: bytes) -> None:
    assert _verdict(_flipped(signed, 1000)) == Verdict.BROKEN
    assert _verdict(_flipped(completed, len(completed) // 2)) == Verdict.BROKEN


@pytest.mark.parametrize("added", [b"\n", b" ", b"\0", b"%%EOF\n", b"% a remark\n"])
def test_a_byte_appended_alters_it(signed: bytes, added: bytes) -> None:
    assert _verdict(signed + added) == Verdict.ALTERED


def test_a_byte_appended_to_a_completed_file_alters_it(completed: bytes) -> None:
    assert _verdict(completed + b"\n") == Verdict.ALTERED


def test_no_byte_outside_the_signature_can_change(signed: bytes) -> None:
    places = random.Random(7).sample(_places_outside(signed), 30)

    assert all(_verdict(_flipped(signed, place)) != Verdict.INTACT for place in places)


def test_no_byte_beside_the_message_can_change(signed: bytes) -> None:
    start, end = _hole(signed)

    padding = [_flipped(signed, place) for place in range(end - 200, end - 1, 9)]
    other_case = re.sub(rb"[A-Fa-f]", lambda m: m.group().swapcase(), signed[start:end], count=1)

    assert {_verdict(file) for file in padding} == {Verdict.BROKEN}
    assert _verdict(signed[:start] + other_case + signed[end:]) == Verdict.BROKEN


@pytest.mark.slow
def test_no_byte_of_the_last_message_can_change(completed: bytes) -> None:
    """It is covered by no signature, so each of its parts has to prove itself."""
    holes = [match.span() for match in re.finditer(rb"<[0-9a-fA-F]{2000,}>", completed)]
    start = holes[-1][0] + 1
    places = range(start, start + 3400, 487)

    files = [
        completed[:place] + _other(completed[place]) + completed[place + 1 :] for place in places
    ]

    assert all(_verdict(file) != Verdict.INTACT for file in files)


def _other(digit: int) -> bytes:
    return b"1" if digit == ord("0") else b"0"


def _hole(file: bytes) -> tuple[int, int]:
    match = re.search(rb"<[0-9a-fA-F]{2000,}>", file)
    assert match
    return match.span()


def _places_outside(file: bytes) -> list[int]:
    start, end = _hole(file)
    return [*range(start), *range(end, len(file))]


@pytest.mark.parametrize(
    "forgery",
    [
        forge.repriced,
        forge.without_last_page,
        forge.without_signatures,
        forge.with_note,
        forge.with_repaired_pages,
    ],
)
def test_what_an_editor_does_afterwards_alters_it(
    signed: bytes, completed: bytes, forgery: Forgery
) -> None:
    assert _verdict(forgery(signed)) == Verdict.ALTERED
    assert _verdict(forgery(completed)) == Verdict.ALTERED


def test_a_removed_signature_is_told(signed: bytes) -> None:
    report = verify(forge.without_signatures(signed), trust=[])

    assert report.codes == ("signature-removed",)


def test_a_field_filled_after_closing_alters_it(completed: bytes) -> None:
    forged = forge.filled(completed, "Rome", field="client_place")

    report = verify(forged, trust=[])

    assert report.verdict == Verdict.ALTERED
    assert [(each.before, each.after) for each in report.changes] == [("Lyon", "Rome")]


def test_what_somebody_signed_for_cannot_be_changed_while_others_still_fill() -> None:
    course = forge.prepared()
    course.act(forge.DIRECTOR_SIGNS)

    forged = verify(forge.filled(course.file, "Rome", field="director_place"), trust=[])
    filled = verify(forge.filled(course.file, "Lyon", field="client_place"), trust=[])

    assert (forged.verdict, forged.codes[0]) == (Verdict.ALTERED, "forbidden-changes")
    assert [(each.before, each.after) for each in forged.changes] == [("Paris", "Rome")]
    assert filled.verdict == Verdict.INTACT


@pytest.mark.parametrize(
    ("found", "put"),
    [
        (rb"/ByteRange ?\[[^\]]*\]", b"/ByteRange null"),
        (rb"/ByteRange ?\[[^\]]*\]", b"/ByteRange [0 10 20 30]"),
        (rb"/ByteRange ?\[[^\]]*\]", b"/ByteRange [-1 10 20 30]"),
        (rb"/ByteRange ?\[[^\]]*\]", b"/ByteRange []"),
        (rb"<[0-9a-fA-F]{2000,}>", b"<>"),
        (rb"<[0-9a-fA-F]{2000,}>", b"<00>"),
        (rb"<[0-9a-fA-F]{2000,}>", b"null"),
    ],
)
def test_a_signature_made_empty_is_no_signature(signed: bytes, found: bytes, put: bytes) -> None:
    forged = re.sub(found, lambda match: put.ljust(len(match.group())), signed)

    assert _verdict(forged) in (Verdict.BROKEN, Verdict.ALTERED)


def test_a_wider_gap_is_never_intact(signed: bytes) -> None:
    """Signature wrapping: the second stretch moves on, and what lies between is free."""
    match = re.search(rb"\[0 (\d+) (\d+) (\d+)\s*\]", signed)
    assert match
    first, second, length = (int(number) for number in match.groups())
    wrapped = b"[0 %d %d %d]" % (first, second + 100, length)
    padded = signed[:second] + b" " * 100 + signed[second:]

    forged = padded.replace(match.group(), wrapped.ljust(len(match.group())))

    assert _verdict(forged) != Verdict.INTACT


def test_the_signature_of_another_file_does_not_hold(signed: bytes) -> None:
    other = forge.signed(forge.paper("Another paper."), stamped=True)
    (start, end), (other_start, other_end) = _hole(signed), _hole(other)
    size = min(end - start, other_end - other_start) - 1
    place = other[other_start : other_start + size].ljust(end - start - 1, b"0") + b">"

    assert _verdict(signed[:start] + place + signed[end:]) == Verdict.BROKEN


def test_objects_are_read_as_pyhanko_reads_them(completed: bytes) -> None:
    """Our reader is quicker at one thing; it must not differ in any."""
    ours, theirs = Reader(completed, strict=True), PdfFileReader(io.BytesIO(completed))

    assert _texts(ours) == _texts(theirs)


def test_pyhanko_still_calls_what_our_reader_puts_in_its_place() -> None:
    """Else it would be slow again, and nobody would be told."""
    reading = generic.read_object

    assert "read_hex_string_from_stream" in reading.__code__.co_names
    assert reading.__globals__ is vars(generic)
    assert "_get_object_from_stream" in {
        name
        for member in vars(PdfFileReader).values()
        if isinstance(member, FunctionType)
        for name in member.__code__.co_names
    }


def _texts(reader: PdfFileReader) -> list[str]:
    numbers = range(1, int(reader.trailer["/Size"]))
    references = [Reference(number, 0, reader) for number in numbers]
    return [repr(each.get_object()) for each in references if reader.xrefs[each] is not None]


def test_a_signed_file_that_was_locked_afterwards_is_altered(signed: bytes) -> None:
    with pikepdf.open(io.BytesIO(signed)) as opened:
        size, root = int(opened.trailer.Size), opened.Root.objgen[0]
    words = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%b)/U(%b)>>" % (b"o" * 32, b"u" * 32)
    before, start = signed.rindex(b"startxref") + len(b"startxref"), len(signed)
    previous = int(signed[before:].split()[0])
    trailer = b"<</Size %d/Root %d 0 R/Prev %d/ID[(a)(b)]%b>>" % (size, root, previous, words)
    locked = signed + b"xref\n0 0\ntrailer\n%b\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)

    assert _verdict(locked) == Verdict.ALTERED


def test_a_cut_file_is_never_intact(completed: bytes) -> None:
    for share in (0.3, 0.6, 0.9, 0.99):
        assert _verdict(completed[: int(len(completed) * share)]) != Verdict.INTACT


def test_what_is_no_pdf_cannot_be_read() -> None:
    for file in (b"", b"PK\3\4", b"%PDF-1.7", b"%PDF-1.7\n" * 10_000):
        assert _verdict(file) == Verdict.UNREADABLE
