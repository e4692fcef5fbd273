"""Sends a contract to Frank in the installation of a journey."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from paraph.contacts.models import Company, Contact
from paraph.documents.actions.adding import add_document
from paraph.documents.intake import Upload
from paraph.people.models import Employee
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Placement
from paraph.signing.models import Envelope, Field, FieldKind
from paraph.signing.queries import documents_of
from tests import make
from tests.cast import Cast

EMPLOYEES = ("olga", "alice", "bob", "mallory", "erin")
ASKED = (FieldKind.TEXT, FieldKind.DATE, FieldKind.CHECKBOX)


def known_cast() -> Cast:
    """Find the people whom ``populate`` has let in."""
    people = {name: Employee.objects.get(email=f"{name}@example.org") for name in EMPLOYEES}
    frank, grace = (Contact.objects.get(first_name=name) for name in ("Frank", "Grace"))
    company = Company.objects.get(name="Ardent SAS")
    client = Company.objects.get(name="Borealis Ltd")
    return Cast(**people, company=company, client=client, frank=frank, grace=grace)


def send(title: str, file: str = "") -> None:
    """Send a contract that Frank signs first: a signature, a text, a date and a tick."""
    cast, at = known_cast(), datetime.now(UTC)
    content = Path(file).read_bytes() if file else make.pdf(pages=2)
    document = add_document(
        [Upload("contract.pdf", content)],
        title=title,
        responsible=cast.alice,
        by=cast.alice.actor,
        at=at,
    )
    envelope = make.draft(cast, parties="Frank > Erin", title=title, documents=[document], at=at)
    frank = make.party(envelope, name="Frank")
    placements = [_kept(place) for place in Field.objects.filter(party__envelope=envelope)]
    asked = [_asked(envelope, frank.pk, kind, row) for row, kind in enumerate(ASKED)]
    replace_fields(envelope, placements=[*placements, *asked])
    send_envelope(envelope, by=cast.alice.actor, at=at)


def _kept(place: Field) -> Placement:
    return Placement(
        party_id=place.party_id,
        document_id=place.document_id,
        kind=place.kind,
        page=place.page,
        x=place.x,
        y=place.y,
        width=place.width,
        height=place.height,
        id=place.pk,
    )


def _asked(envelope: Envelope, party: int, kind: FieldKind, row: int) -> Placement:
    document = documents_of(envelope)[0].pk
    size = 16 if kind == FieldKind.CHECKBOX else 140
    return Placement(
        party_id=party,
        document_id=document,
        kind=kind,
        page=1,
        x=320,
        y=400 + 40 * row,
        width=size,
        height=min(size, 24),
    )


if __name__ == "__main__":
    send(*sys.argv[1:])
