"""Companies are added, edited, handed over and taken away, with their pictures."""

from dataclasses import fields
from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import rules, steps
from paraph.contacts.cards import Picture, Requisites
from paraph.contacts.events import (
    CompaniesExported,
    CompanyCreated,
    CompanyDeleted,
    CompanyEdited,
    CompanyPictureChanged,
)
from paraph.contacts.models import Company
from paraph.journal import Actor
from paraph.kit import db, seeing
from paraph.kit.errors import Refused
from paraph.people.models import Employee

REQUISITES = [field.name for field in fields(Requisites)]
_COMPARED = [name for name in REQUISITES if name != "further"]


class CannotDeleteCompany(Refused):
    """Deals or documents still name the company."""

    code = "cannot-delete-company"


@db.transaction
def create_company(
    requisites: Requisites, *, is_ours: bool, responsible: Employee, by: Actor, at: datetime
) -> Company:
    """Add a company: one of ours that sends documents, or a client's."""
    company = Company(is_ours=is_ours, responsible=responsible, created_at=at)
    steps.write_company(company, requisites)
    created = CompanyCreated(company_id=company.pk, company_name=company.name, is_ours=is_ours)
    journal.record(created, by=by, at=at)
    return company


@db.transaction
def edit_company(
    company: Company,
    requisites: Requisites,
    *,
    by: Actor,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Replace a company's requisites; nothing is recorded when nothing changed.

    With ``seen``, the look of it that the person had, what others changed since is not
    overwritten.
    """
    company.lock()
    kept = Company.objects.select_related("director").get(pk=company.pk)
    if seen is not None and (
        changed_meanwhile := seeing.changed_since(seen, kept, fields=REQUISITES)
    ):
        sentence = _("Somebody else has changed %s meanwhile.") % company.name
        raise seeing.ChangedMeanwhile(sentence, fields=changed_meanwhile)
    steps.write_company(company, requisites)
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
