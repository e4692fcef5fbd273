"""Many kinds of documents go all the way; what was placed lies there when it is signed."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops

from paraph.documents.actions.adding import add_document
from paraph.documents.models import Document
from paraph.documents.pages import page_picture
from paraph.documents.queries import newest_revision
from paraph.kit import files
from paraph.signing import queries
from paraph.signing.actions.ceremony import press_sign, save_value
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Placement
from paraph.signing.models import Envelope, Field, FieldKind, Party
from tests import make
from tests.cast import Cast
from tests.moments import NOON

from . import office, variety
from .test_pages import opened

pytestmark = pytest.mark.slow

SCALE = 2  # pixels a point: half a point can be told
INK = (255, 0, 200)  # no page has it
SIZE = (120.0, 60.0)
NAMES = sorted([*variety.PDFS, *variety.PICTURES])
GROUPS = [NAMES[start::3] for start in range(3)]  # an envelope of each third


@pytest.mark.parametrize("names", GROUPS, ids=["first", "second", "third"])
def test_what_is_placed_on_a_page_lies_there_when_it_is_signed(
    names: Sequence[str], cast: Cast
) -> None:
    check(names, cast)


@office.needs_office
def test_it_lies_there_in_office_documents_too(cast: Cast) -> None:
    check(sorted(variety.OFFICE), cast)


def check(names: Sequence[str], cast: Cast) -> None:
    """Send all of them together, stamp each first and last page, and measure the stamps."""
    documents = [uploaded(name, cast) for name in names]
    documents.sort(key=lambda document: -document.pages[0][1])  # all sign on the first, a tall one

    for document in documents:
        assert_preview_fits(document)
    envelope = make.draft(cast, parties="Erin, Frank", documents=documents)
    replace_fields(envelope, placements=placements(envelope, documents))
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    stamp_and_sign(Envelope.objects.get(pk=envelope.pk))

    for document in documents:
        assert_stamps_lie_in_place(document)


def uploaded(name: str, cast: Cast) -> Document:
    return add_document(
        variety.uploads(name), title=name, responsible=cast.alice, by=cast.alice.actor, at=NOON
    )


def assert_preview_fits(document: Document) -> None:
    width, height = opened(page_picture(newest_revision(document), 1)).size

    shown_width, shown_height = document.pages[0]
    assert abs(width - shown_width * 1.5) <= 1, document.title
    assert abs(height - shown_height * 1.5) <= 1, document.title


def placements(envelope: Envelope, documents: Sequence[Document]) -> list[Placement]:
    """Put a stamp near the lower right corner of first and last pages, and all must sign."""
    stamper, signers = make.party(envelope, name="Erin"), queries.parties_of(envelope)
    stamps = [
        placement(stamper, document, page=page, corner=document.pages[page - 1])
        for document in documents
        for page in sorted({1, document.page_count})
    ]
    signatures = [
        replace(
            placement(party, documents[0], page=1, corner=[200, 160 + 90 * row]),
            kind=FieldKind.SIGNATURE,
        )
        for row, party in enumerate(signers)
    ]
    return stamps + signatures


def placement(party: Party, document: Document, *, page: int, corner: list[float]) -> Placement:
    return Placement(
        party_id=party.pk,
        document_id=document.pk,
        kind=FieldKind.STAMP,
        page=page,
        x=corner[0] - SIZE[0] - 31,
        y=corner[1] - SIZE[1] - 53,
        width=SIZE[0],
        height=SIZE[1],
    )


def stamp_and_sign(envelope: Envelope) -> None:
    stamp = BytesIO()
    Image.new("RGBA", (480, 240), (*INK, 255)).save(stamp, "PNG")
    session = make.session(make.party(envelope, name="Erin"))
    desk = queries.desk_of(session.link.party, at=NOON)
    for place in desk.fields:
        is_stamp = place.kind == FieldKind.STAMP
        picture = files.put(stamp.getvalue() if is_stamp else make.png())
        save_value(session, field=place, picture=picture, at=NOON)
    press_sign(session, terms=make.TERMS, shown=desk.shown, origin=make.HERE, at=NOON)


def assert_stamps_lie_in_place(document: Document) -> None:
    content = files.get(newest_revision(document).sha256)
    pdf = pypdfium2.PdfDocument(content)
    pdf.init_forms()
    for place in Field.objects.filter(document=document, kind=FieldKind.STAMP):
        found = ink_on(pdf, place.page)
        wanted = (place.x, place.y, place.x + place.width, place.y + place.height)
        off = max(abs(one - other) for one, other in zip(found, wanted, strict=True))
        assert off <= 1, f"{document.title}, page {place.page}: {found} instead of {wanted}"
    pdf.close()


def ink_on(pdf: pypdfium2.PdfDocument, page: int) -> tuple[float, ...]:
    """Return the edges of the stamp's ink in points from the top left of the page as drawn."""
    drawn = pdf[page - 1].render(scale=SCALE, rev_byteorder=True).to_pil().convert("RGB")
    red, green, blue = ImageChops.difference(drawn, Image.new("RGB", drawn.size, INK)).split()
    other = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    box = other.point([255 if level < 24 else 0 for level in range(256)]).getbbox()
    return tuple(edge / SCALE for edge in box or (0, 0, 0, 0))
