"""Layout reuse: where the fields of a template's documents lay is offered for the next one.

The functions join the open transaction of the action that sends or begins a draft.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from paraph.contacts.models import Contact
from paraph.documents.models import Document, Template
from paraph.kit import db
from paraph.people.models import Employee

from .choices import PartyChoice
from .models import Envelope, Field, Layout, Party

PLACED = ("kind", "page", "x", "y", "width", "height", "label", "is_required", "options", "source")
SEATED = ("role", "group", "link_channel", "code_channel")
Entry = Mapping[str, Any]  # JSON


@db.transaction_required
def remember_layouts(
    envelope: Envelope, documents: Sequence[Document], parties: Sequence[Party], *, at: datetime
) -> None:
    """Keep who sat where and where the fields lay, for each template that was sent."""
    for document in documents:
        if document.template is not None:
            _remember(document, document.template, parties, at=at)


def layout_of(documents: Sequence[Document]) -> Layout | None:
    """Return the layout of the first document whose template was sent before."""
    named = (Layout.objects.filter(template=it.template) for it in documents if it.template)
    return next((layout for rows in named if (layout := rows.first())), None)


def seats_of(
    layout: Layout, *, signer: Employee | None, client: Contact | None
) -> list[PartyChoice]:
    """Seat the same people as then; the sender's signer and the client are today's."""
    choices = []
    is_first = {"employee": True, "contact": True}
    for seat in layout.seats:
        side = "employee" if seat["employee"] else "contact"
        person = _same_person(side, seat[side])
        if is_first[side]:
            person = signer or person if side == "employee" else client
            is_first[side] = False
        seated: dict[str, Any] = {side: person} | {name: seat[name] for name in SEATED}
        choices.append(PartyChoice(**seated))
    return choices


@db.transaction_required
def lay_out(documents: Sequence[Document], parties: Sequence[Party]) -> None:
    """Put the remembered fields onto documents that have none yet."""
    for document in documents:
        layout = layout_of([document])
        if layout is None or Field.objects.filter(document=document).exists():
            continue
        Field.objects.bulk_create(
            field
            for entry in layout.places
            if entry["seat"] < len(parties)
            and (field := _placed(entry, document, parties[entry["seat"]], layout=layout))
        )


def _remember(
    document: Document, template: Template, parties: Sequence[Party], *, at: datetime
) -> None:
    seats = {party.pk: number for number, party in enumerate(parties)}
    places = Field.objects.filter(document=document, party__in=seats)
    Layout.objects.update_or_create(
        template=template,
        defaults={
            "page_count": document.page_count,
            "seats": [_seat(party) for party in parties],
            "places": [
                {"seat": seats[place.party_id]} | {name: getattr(place, name) for name in PLACED}
                for place in places
            ],
            "remembered_at": at,
        },
    )


def _seat(party: Party) -> Entry:
    who = {"employee": party.employee_id, "contact": party.contact_id}
    return who | {name: getattr(party, name) for name in SEATED}


def _same_person(side: str, pk: int | None) -> Employee | Contact | None:
    if pk is None:
        return None
    if side == "employee":
        return Employee.objects.filter(pk=pk, is_active=True).first()
    return Contact.objects.filter(pk=pk).first()


def _placed(entry: Entry, document: Document, party: Party, *, layout: Layout) -> Field | None:
    """What stood on the last page stands on the last page, however long the document is now."""
    page = document.page_count if entry["page"] == layout.page_count else entry["page"]
    if page > document.page_count:
        return None
    width, height = document.pages[page - 1]
    place = {name: entry[name] for name in PLACED} | {"page": page}
    place["x"] = max(0, min(place["x"], width - place["width"]))
    place["y"] = max(0, min(place["y"], height - place["height"]))
    return Field(document=document, party=party, **place)
