"""The verbs of the directory: contacts and companies are created, edited and deleted here."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.people.models import Employee

from . import rules
from .events import (
    CompanyCreated,
    CompanyEdited,
    CompanyPictureChanged,
    ContactCreated,
    ContactDeleted,
    ContactEdited,
)
from .models import Company, Contact

Picture = Literal["logo", "stamp", "signature"]


class CannotSave(Refused):
    """Something that must be there is missing."""

    code = "cannot-save"
    status = 422


class CannotDelete(Refused):
    """Something still needs this row."""

    code = "cannot-delete"


@dataclass(frozen=True)
class ContactCard:
    """What is written about a contact. The phone is E.164."""

    last_name: str
    first_name: str
    phone: str
    email: str
    position: str = ""
    company: Company | None = None
    comment: str = ""
    type: str = "client"
    responsible: Employee | None = None
    language: str = "en"


@dataclass(frozen=True)
class Requisites:
    """What is written about a company."""

    name: str
    legal_name: str = ""
    country: str = "FR"
    tax_number: str = ""
    registration_number: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    bank: str = ""
    iban: str = ""
    bic: str = ""
    colour: str = "#1f4e5f"
    director: Employee | None = None


@db.transaction
def create_contact(
    card: ContactCard, *, responsible: Employee, by: Actor, at: datetime
) -> Contact:
    """Add somebody to the directory; the card's responsible wins over the given one."""
    _require_complete(card)
    contact = Contact(created_at=at, edited_at=at, responsible=responsible)
    _write_contact(contact, card)
    created = ContactCreated(contact_id=contact.pk, full_name=contact.name)
    journal.record(created, by=by, at=at)
    return contact


@db.transaction
def edit_contact(contact: Contact, card: ContactCard, *, by: Actor, at: datetime) -> None:
    """Replace what is written about a contact; nothing is recorded when nothing changed."""
    contact.lock()
    _require_complete(card)
    kept = Contact.objects.select_related("company", "responsible").get(pk=contact.pk)
    contact.edited_at = at
    _write_contact(contact, card)
    if changed := rules.changes(kept, contact, fields=[f.name for f in fields(ContactCard)]):
        edited = ContactEdited(contact_id=contact.pk, changes=changed)
        journal.record(edited, by=by, at=at)


@db.transaction
def delete_contact(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Take a contact out of the directory; refused while documents name them."""
    contact.lock()
    gone = ContactDeleted(contact_id=contact.pk, full_name=contact.name)
    try:
        contact.delete()
    except ProtectedError as needed:
        raise CannotDelete(
            _("%s is part of documents and stays in the directory with them.") % contact.name
        ) from needed
    journal.record(gone, by=by, at=at)


@db.transaction
def create_company(
    requisites: Requisites, *, is_ours: bool, responsible: Employee, by: Actor, at: datetime
) -> Company:
    """Add a company: one of ours that sends documents, or a client's."""
    company = Company(is_ours=is_ours, responsible=responsible, created_at=at)
    _write_company(company, requisites)
    created = CompanyCreated(company_id=company.pk, company_name=company.name, is_ours=is_ours)
    journal.record(created, by=by, at=at)
    return company


@db.transaction
def edit_company(company: Company, requisites: Requisites, *, by: Actor, at: datetime) -> None:
    """Replace a company's requisites."""
    company.lock()
    kept = Company.objects.select_related("director").get(pk=company.pk)
    _write_company(company, requisites)
    if changed := rules.changes(kept, company, fields=[f.name for f in fields(Requisites)]):
        edited = CompanyEdited(company_id=company.pk, changes=changed)
        journal.record(edited, by=by, at=at)


@db.transaction
def set_picture(
    company: Company, picture: Picture, *, sha256: str, by: Actor, at: datetime
) -> None:
    """Use a cleaned picture of the file store; an empty hash takes the picture away."""
    company.lock()
    setattr(company, picture, sha256)
    company.save(update_fields=[picture])
    changed = CompanyPictureChanged(company_id=company.pk, picture=picture, sha256=sha256)
    journal.record(changed, by=by, at=at)


def _require_complete(card: ContactCard) -> None:
    if obstacles := rules.obstacles_to_saving(
        last_name=card.last_name, first_name=card.first_name, phone=card.phone, email=card.email
    ):
        raise CannotSave(obstacles)


@db.transaction_required
def _write_contact(contact: Contact, card: ContactCard) -> None:
    for field, value in _written(card).items():
        if field != "responsible" or value is not None:
            setattr(contact, field, value)
    company = card.company.name if card.company else ""
    responsible = contact.responsible.name
    contact.make_searchable(
        f"{card.first_name} {card.last_name}",
        f"{card.last_name} {card.first_name}",
        card.phone,
        rules.readable_phone(card.phone),
        card.email,
        card.position,
        company,
        card.comment,
        responsible,
        sort_by=f"{card.last_name} {card.first_name}",
    )
    contact.save()


@db.transaction_required
def _write_company(company: Company, requisites: Requisites) -> None:
    for field, value in _written(requisites).items():
        setattr(company, field, value)
    words = [value for value in _written(requisites).values() if isinstance(value, str)]
    company.make_searchable(*words, sort_by=company.name)
    company.save()


def _written(card: ContactCard | Requisites) -> dict[str, object]:
    """Return the fields as they are; ``dataclasses.asdict`` would copy the rows behind them."""
    return {field.name: getattr(card, field.name) for field in fields(card)}
