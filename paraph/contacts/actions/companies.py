"""Companies are added and edited, with their pictures."""

from dataclasses import fields
from datetime import datetime

from paraph import journal
from paraph.contacts import rules
from paraph.contacts.cards import Picture, Requisites, written
from paraph.contacts.events import CompanyCreated, CompanyEdited, CompanyPictureChanged
from paraph.contacts.models import Company
from paraph.journal import Actor
from paraph.kit import db
from paraph.people.models import Employee


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


@db.transaction_required
def _write_company(company: Company, requisites: Requisites) -> None:
    for field, value in written(requisites).items():
        setattr(company, field, value)
    words = [value for value in written(requisites).values() if isinstance(value, str)]
    company.make_searchable(*words, sort_by=company.name)
    company.save()
