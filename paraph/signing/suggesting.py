"""Where stamp and signature usually go, for those who would rather not drag."""

from collections.abc import Sequence

from paraph.documents.models import Document

from .choices import Placement
from .models import FieldKind, Party, PartyRole

MARGIN = 56.0
SIGNATURE = (150.0, 56.0)
STAMP = (80.0, 80.0)


def suggested_places(documents: Sequence[Document], parties: Sequence[Party]) -> list[Placement]:
    """Return a stamp and a signature for each signer, side by side at the end of the last page."""
    if not documents:
        return []
    document = documents[-1]
    page_width, page_height = document.pages[-1]
    signers = [party for party in parties if party.role == PartyRole.SIGNER]
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
    party: Party, document: Document, kind: FieldKind, corner: tuple[float, float]
) -> Placement:
    width, height = SIGNATURE if kind is FieldKind.SIGNATURE else STAMP
    return Placement(
        party_id=party.pk,
        document_id=document.pk,
        kind=kind,
        page=document.page_count,
        x=max(corner[0], 0),
        y=max(corner[1], 0),
        width=width,
        height=height,
    )
