"""Real and forged signed files from other projects: none harms, and none is changed."""

import os
from pathlib import Path

import pytest

from paraph.documents.intake import Upload, take_in
from paraph.documents.pages import PageSize, page_picture
from paraph.documents.refusals import CannotShow, CannotUse
from paraph.documents.text import page_words

from .test_pages import revision

VARIABLE = "PARAPH_PDF_CORPUS"
FOLDER = os.environ.get(VARIABLE, "")
FILES = sorted(Path(FOLDER).glob("*.pdf")) if FOLDER else []

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES, reason=f"{VARIABLE} names no folder with PDF files"),
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_foreign_file_is_taken_as_it_is_or_refused_in_words(file: Path) -> None:
    content = file.read_bytes()

    try:
        document = take_in([Upload(file.name, content)])
    except CannotUse as refused:
        assert refused.why in {"broken", "locked-by-signature", "other"}
        return

    assert document.was_signed
    assert document.original == content
    assert document.pages


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_foreign_file_can_be_drawn_and_read_without_harm(file: Path) -> None:
    shown = revision(file.read_bytes())

    words = page_words(shown, 1)
    try:
        picture = page_picture(shown, 1, PageSize.PHONE)
    except CannotShow:
        return

    assert len(picture) <= 70_000
    assert all(word.text for word in words)
