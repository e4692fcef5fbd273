"""Companies are added, edited, handed over and taken away, with their pictures."""

from dataclasses import fields
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import requisites as checking
from paraph.contacts import rules
from paraph.contacts.cards import Picture, Requisites, written
from paraph.contacts.events import (
    CompaniesExported,
    CompanyCreated,
    CompanyDeleted,
    CompanyEdited,
    CompanyPictureChanged,
)
from paraph.contacts.models import Company
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.people.models import Employee

_COMPARED = [field.name for field in fields(Requisites) if field.name != "further"]


class CannotDeleteCompany(Refused):
    """Deals or documents still name the company."""

    code = "cannot-delete-company"


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
    """Replace a company's requisites; nothing is recorded when nothing changed."""
    company.lock()
    kept = Company.objects.select_related("director").get(pk=company.pk)
    _write_company(company, requisites)
    changed = rules.changes(kept, company, fields=_COMPARED)
    for name in sorted({*kept.further, *company.further}):
        before, after = kept.further.get(name, ""), company.further.get(name, "")
        changed |= {name: [before, after]} if before != after else {}
    if changed:
        journal.record(CompanyEdited(company_id=company.pk, changes=changed), by=by, at=at)


@db.transaction
def hand_over_company(company: Company, *, responsible: Employee, by: Actor, at: datetime) -> None:
    """Let somebody else be responsible for a company."""
    company.lock()
    give_company(company, responsible=responsible, by=by, at=at)


@db.transaction
def delete_company(company: Company, *, by: Actor, at: datetime) -> None:
    """Take a company away; its people stay. Refused while deals or documents name it."""
    company.lock()
    drop_company(company, by=by, at=at)


@db.transaction
def note_export(*, rows: int, format: str, by: Actor, at: datetime) -> None:
    """Remember that somebody takes companies out of the house, and how many."""
    journal.record(CompaniesExported(rows=rows, format=format), by=by, at=at)


@db.transaction_required
def give_company(company: Company, *, responsible: Employee, by: Actor, at: datetime) -> bool:
    """Change who is responsible; tell whether it was somebody else."""
    before = company.responsible.name
    if company.responsible_id == responsible.pk:
        return False
    company.responsible = responsible
    company.save(update_fields=["responsible"])
    changes = {"responsible": [before, responsible.name]}
    journal.record(CompanyEdited(company_id=company.pk, changes=changes), by=by, at=at)
    return True


@db.transaction_required
def drop_company(company: Company, *, by: Actor, at: datetime) -> None:
    """Delete the row and tell it; raises ``CannotDeleteCompany``."""
    gone = CompanyDeleted(company_id=company.pk, company_name=company.name)
    try:
        company.delete()
    except ProtectedError as needed:
        raise CannotDeleteCompany(
            _("%s has deals or documents and stays with them.") % company.name
        ) from needed
    journal.record(gone, by=by, at=at)


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


@db.transaction_required
def _write_company(company: Company, requisites: Requisites) -> None:
    """Fill the row; numbers that check are stored without the marks between their digits."""
    for name, value in written(requisites).items():
        setattr(company, name, value)
    known = checking.of_country(company.country)
    for number in (known.tax_number, known.registration_number):
        setattr(company, number.name, number.normalised(getattr(company, number.name)))
    company.further = _further(requisites)
    company.iban = checking.iban_normalised(company.iban)
    company.bic = "".join(company.bic.split()).upper()
    words = [value for value in written(requisites).values() if isinstance(value, str)]
    company.make_searchable(*words, *company.values.values(), sort_by=company.name)
    company.save()


def _further(requisites: Requisites) -> dict[str, str]:
    """Return the country's further numbers; those of another country are kept as they are."""
    numbers = {number.name: number for number in checking.of_country(requisites.country).further}
    return {
        name: numbers[name].normalised(value) if name in numbers else value
        for name, value in requisites.further.items()
        if value
    }
