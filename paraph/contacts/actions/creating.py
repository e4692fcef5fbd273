"""Somebody new comes into the directory."""

from datetime import datetime

from paraph import journal
from paraph.contacts import rules, steps
from paraph.contacts.cards import ContactCard
from paraph.contacts.events import ContactCreated
from paraph.contacts.models import Contact
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.errors import Refused
from paraph.people.models import Employee


class CannotSave(Refused):
    """Something that must be there is missing."""

    code = "cannot-save"
    status = 422


@db.transaction
def create_contact(
    card: ContactCard,
    *,
    responsible: Employee,
    by: Actor,
    at: datetime,
    may_be_incomplete: bool = False,
) -> Contact:
    """Add somebody to the directory; the card's responsible wins over the given one.

    Who comes from elsewhere may lack phone and e-mail: such a contact is incomplete, and is
    completed when it is chosen for a document.
    """
    needed = rules.NAMES if may_be_incomplete else rules.NEEDED
    if obstacles := rules.obstacles_to_saving(card, needed=needed):
        raise CannotSave(obstacles)
    contact = Contact(created_at=at, edited_at=at, responsible=responsible)
    steps.write_contact(contact, card)
    created = ContactCreated(contact_id=contact.pk, full_name=contact.name)
    journal.record(created, by=by, at=at)
    return contact
