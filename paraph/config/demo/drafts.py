"""A draft of the demo company that shows what preparing can do: people, order, fields, marks."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from paraph.contacts.models import Contact
from paraph.documents.actions.adding import add_document
from paraph.documents.intake import Upload
from paraph.documents.models import Document
from paraph.signing.actions.arranging import arrange
from paraph.signing.actions.drafting import choose_parties, create_draft
from paraph.signing.actions.fields import replace_fields
from paraph.signing.choices import PartyChoice, Placement
from paraph.signing.models import FieldKind, Party, PartyRole
from paraph.signing.suggesting import suggested_places

from .papers import typeset
from .staff import Staff

TITLE = "Partnership agreement – Northwind and Hôtel des Deux Rives"
PAPERS = ("Partnership agreement", "Annex: maintenance")
ASKED = (
    (FieldKind.CRM, "", "company.tax_number", ()),
    (FieldKind.CHOICE, "Invoices", "", ("By e-mail", "By post")),
    (FieldKind.FILE, "Extract of the register", "", ()),
)


def prepare(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """Leave a draft of two documents: five people, two of whom either one may sign."""
    by, at = staff.seller.actor, datetime.now(UTC)
    papers = [_paper(staff, title, at=at) for title in PAPERS]
    envelope = create_draft(TITLE, responsible=staff.seller, documents=papers, by=by, at=at)
    seats = [
        PartyChoice(employee=staff.lawyer, role=PartyRole.APPROVER, group=1),
        PartyChoice(employee=staff.director, group=2),
        PartyChoice(contact=contacts["Carter"], group=3),
        PartyChoice(contact=contacts["O'Neill"], group=3),
        PartyChoice(contact=contacts["Lambert"], role=PartyRole.COPY, group=4),
    ]
    parties = choose_parties(envelope, company=staff.company, parties=seats, by=by, at=at)
    arrange(envelope, needed={3: 1}, may_hand_over=True)
    client = next(party for party in parties if party.contact == contacts["Carter"])
    placed = [*suggested_places(papers, parties), *_asked(client, papers[0])]
    replace_fields(envelope, placements=placed)


def _paper(staff: Staff, title: str, *, at: datetime) -> Document:
    words = {"seller": staff.company.name, "buyer": "Northwind", "buyer_address": "London"}
    upload = Upload(f"{title}.pdf", typeset("contract", "en", **words))
    by = staff.seller.actor
    return add_document([upload], title=title, responsible=staff.seller, by=by, at=at)


def _asked(party: Party, paper: Document) -> Sequence[Placement]:
    """Return one of each of the less usual fields, under each other on the last page."""
    return [
        Placement(
            party_id=party.pk,
            document_id=paper.pk,
            kind=kind,
            page=paper.page_count,
            x=320,
            y=330 + 34 * row,
            width=190,
            height=22,
            label=label,
            options=options,
            source=source,
        )
        for row, (kind, label, source, options) in enumerate(ASKED)
    ]
