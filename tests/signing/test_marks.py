"""Marks typed into a document say where who signs; lines to sign on are found by their words."""

from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image

from paraph.documents.actions.generating import generate_document
from paraph.documents.choices import Order
from paraph.documents.models import Template
from paraph.documents.pages import page_picture
from paraph.documents.text import Word, page_words
from paraph.signing.marks import read_marks
from paraph.signing.models import FieldKind
from paraph.signing.queries import newest_revision
from paraph.signing.suggesting import signature_lines
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.sales.deals import with_rows
from tests.signing.test_preparing import begun, fields_of

pytestmark = pytest.mark.slow


def test_marks_typed_in_a_document_become_fields_and_are_seen_no_more(cast: Cast) -> None:
    text = "{{sign:client}} {{text:client:Place and date}} {{check:us}}"
    document = make.document(cast.alice, title=text)

    read_marks(document, at=NOON)
    envelope = begun(cast, document)

    placed = {(field.kind, field.party.is_ours, field.label) for field in fields_of(envelope)}
    assert placed == {
        ("signature", False, ""),
        ("text", False, "Place and date"),
        ("checkbox", True, ""),
    }
    picture = Image.open(BytesIO(page_picture(newest_revision(document), 1))).convert("L")
    beside_the_page_number = picture.crop((60, 60, 600, 140))  # 1.5 pixels a point
    assert beside_the_page_number.getextrema() == (255, 255)


def test_marks_cannot_be_copied_or_found_and_nothing_else_moves(cast: Cast) -> None:
    document = make.document(cast.alice, title="Signed {{sign:client}} here")
    before = {word.text: word for word in page_words(newest_revision(document), 1)}

    read_marks(document, at=NOON)

    words = page_words(newest_revision(document), 1)
    assert [word.text for word in words] == ["Signed", "here,", "page", "1"]
    assert [word.x for word in words] == pytest.approx([before[w.text].x for w in words], abs=0.1)


@pytest.mark.parametrize("key", ["nda", "offer"])
def test_marks_of_our_own_papers_are_gone_from_their_text(cast: Cast, key: str) -> None:
    order = Order(Template.objects.get(built_in=key), with_rows(cast, "100"), "fr")
    document = generate_document(order, responsible=cast.alice, by=cast.alice.actor, at=NOON)

    read_marks(document, at=NOON)

    numbers = range(1, document.page_count + 1)
    newest = newest_revision(document)
    said = " ".join(word.text for page in numbers for word in page_words(newest, page))
    assert "{" not in said and "signature" in said
    assert len(fields_of(begun(cast, document))) == 4


def test_a_document_without_marks_stays_as_it_is(cast: Cast) -> None:
    document = make.document(cast.alice, title="{{price}} {sign} {{sign")

    read_marks(document, at=NOON)

    assert newest_revision(document).number == 2
    assert page_words(newest_revision(document), 1)


def test_the_client_s_stamp_on_our_papers_stops_nobody_who_has_none(cast: Cast) -> None:
    order = Order(Template.objects.get(built_in="invoice"), with_rows(cast, "100"), "fr")
    document = generate_document(order, responsible=cast.alice, by=cast.alice.actor, at=NOON)
    read_marks(document, at=NOON)

    placed = fields_of(begun(cast, document))

    stamps = [it.is_required for it in placed if it.kind == FieldKind.STAMP]
    assert stamps == [True, False]
    assert [it.kind for it in placed].count(FieldKind.SIGNATURE) == 2
    edges = sorted((it.x, it.x + it.width) for it in placed)
    assert all(one[1] <= other[0] for one, other in pairwise(edges))  # none covers another


@pytest.mark.parametrize(
    ("said", "is_line"),
    [
        ("Signature: ________", True),
        ("Podpis …………", True),
        ("Signé :", False),
        ("Signatures", False),
    ],
)
def test_a_line_to_sign_on_is_found_by_its_word(said: str, is_line: bool) -> None:
    first, *rest = said.split()
    words = [Word(first, 72, 700, 60, 12), *(Word(it, 140, 700, 120, 12) for it in rest)]

    found = signature_lines({3: words})

    assert found == ([(3, 140, 712, 120)] if is_line else [])
