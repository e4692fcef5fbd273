"""Where stamp and signature usually go, for those who would rather not drag."""

import re
from collections.abc import Mapping, Sequence

from paraph.documents.models import Document
from paraph.documents.text import Word

from .choices import Placement
from .models import FieldKind, Party, PartyRole

MARGIN = 56.0
SIGNATURE = (150.0, 56.0)
STAMP = (80.0, 80.0)
# What stands before the line to sign on, in the languages of the house.
_BEFORE = re.compile(r"^(signature|signed|sign|signé|signée|podpis|podpisano)\b", re.IGNORECASE)
_LINE = re.compile(r"[_.…]{4,}")
_FAR = 60.0  # between the word and its line

Spot = tuple[int, float, float, float]  # page, left, bottom, width


def suggested_places(
    documents: Sequence[Document],
    parties: Sequence[Party],
    words: Mapping[int, Sequence[Word]] | None = None,
) -> list[Placement]:
    """Return a signature on each line for one, else with a stamp at the end of the last page.

    ``words`` are those of the last document, by page.
    """
    if not documents:
        return []
    signers = [party for party in parties if party.role == PartyRole.SIGNER]
    document, spots = documents[-1], signature_lines(words or {})
    if spots and len(spots) >= len(signers):
        return [
            _on_line(party, document, spot) for party, spot in zip(signers, spots, strict=False)
        ]
    return _at_the_end(document, signers)


def signature_lines(pages: Mapping[int, Sequence[Word]]) -> list[Spot]:
    """Return the lines to sign on (“Signature: ______”), as people read them."""
    return [spot for page, words in sorted(pages.items()) for spot in _lines_of(page, words)]


def _lines_of(page: int, words: Sequence[Word]) -> list[Spot]:
    found = []
    for at, word in enumerate(words):
        if not _BEFORE.match(word.text):
            continue
        beside = [word, *(it for it in words[at + 1 : at + 6] if _is_beside(it, word))]
        line = next((it for it in beside if _LINE.search(it.text)), None)
        if line is not None:
            left = line.x if line is not word else word.x + word.width / 3
            found.append((page, left, line.y + line.height, line.x + line.width - left))
    return found


def _is_beside(word: Word, first: Word) -> bool:
    is_level = abs((word.y + word.height / 2) - (first.y + first.height / 2)) < first.height
    return is_level and 0 <= word.x - first.x < _FAR + first.width + 200


def _on_line(party: Party, document: Document, spot: Spot) -> Placement:
    page, left, bottom, _width = spot
    page_width, _page_height = document.pages[page - 1]
    corner = (min(left, page_width - SIGNATURE[0]), bottom - SIGNATURE[1])
    return _place(party, document, FieldKind.SIGNATURE, corner, page=page)


def _at_the_end(document: Document, signers: Sequence[Party]) -> list[Placement]:
    page_width, page_height = document.pages[-1]
    column = (page_width - 2 * MARGIN) / max(len(signers), 1)
    places = []
    for number, party in enumerate(signers):
        left, bottom = MARGIN + number * column, page_height - MARGIN
        places += [
            _place(party, document, FieldKind.SIGNATURE, (left, bottom - SIGNATURE[1])),
            _place(party, document, FieldKind.STAMP, (left, bottom - SIGNATURE[1] - STAMP[1] - 8)),
        ]
    return places


def _place(
    party: Party,
    document: Document,
    kind: FieldKind,
    corner: tuple[float, float],
    *,
    page: int = 0,
) -> Placement:
    width, height = SIGNATURE if kind is FieldKind.SIGNATURE else STAMP
    return Placement(
        party_id=party.pk,
        document_id=document.pk,
        kind=kind,
        page=page or document.page_count,
        x=max(corner[0], 0),
        y=max(corner[1], 0),
        width=width,
        height=height,
        # Our stamp is on file; a client may have none, and must not be stopped by it.
        is_required=kind is not FieldKind.STAMP or party.is_ours,
    )
