"""The ID of a document alone brings out nothing that stands in it."""

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from paraph.kit.ids import format_document_id
from paraph.signing import queries, revisions
from paraph.signing.integrity.checking import checked
from tests import make
from tests.cast import Cast
from tests.sealing import forge

pytestmark = pytest.mark.slow


def blank_with(code: str) -> bytes:
    """A page on which nothing stands but an ID."""
    written = BytesIO()
    canvas = Canvas(written)
    canvas.drawString(50, 50, f"Document ID {format_document_id(code)}")
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def test_an_empty_page_with_an_id_is_told_no_word_of_the_document(cast: Cast) -> None:
    [document] = queries.documents_of(make.completed(cast))

    answer = checked(blank_with(document.code), name="mine.pdf")

    assert answer.headline == "Changed after signing"
    assert answer.report.changes == ()


def test_of_a_file_made_from_ours_it_is_told_what_was_changed(cast: Cast) -> None:
    content = revisions.heads(make.completed(cast))[0].content

    answer = checked(forge.without_last_page(content), name="ours.pdf")

    assert answer.headline == "Changed after signing"
    assert "page-removed" in {change.kind for change in answer.report.changes}
