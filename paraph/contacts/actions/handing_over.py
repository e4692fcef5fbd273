"""The contacts and companies of somebody who left go to an heir, a stretch at a time."""

from datetime import datetime

from paraph import journal
from paraph.contacts import steps
from paraph.contacts.events import ContactEdited
from paraph.contacts.models import Company, Contact
from paraph.journal import SYSTEM
from paraph.kit import db
from paraph.people.models import Employee

from .companies import give_company

STRETCH = 200
WRITTEN = ("responsible", "responsible_key", "search_text", "edited_at")


@db.transaction
def hand_over_contacts(leaver: Employee, *, heir: Employee, at: datetime) -> bool:
    """Give the heir the next stretch of contacts; tell whether there may be more."""
    mine = Contact.objects.select_for_update(of=("self",)).filter(responsible=leaver)
    stretch = list(mine.select_related("company").order_by("pk")[:STRETCH])
    changes = {"responsible": [leaver.name, heir.name]}
    for contact in stretch:
        contact.responsible, contact.edited_at = heir, at
        steps.index_contact(contact)
        journal.record(ContactEdited(contact_id=contact.pk, changes=changes), by=SYSTEM, at=at)
    Contact.objects.bulk_update(stretch, WRITTEN)
    return len(stretch) == STRETCH


@db.transaction
def hand_over_companies(leaver: Employee, *, heir: Employee, at: datetime) -> bool:
    """Give the heir the next stretch of companies; tell whether there may be more."""
    rows = Company.objects.select_for_update().filter(responsible=leaver).order_by("pk")
    stretch = list(rows[:STRETCH])
    for company in stretch:
        give_company(company, responsible=heir, by=SYSTEM, at=at)
    return len(stretch) == STRETCH
