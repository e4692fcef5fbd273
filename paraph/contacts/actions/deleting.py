"""Somebody leaves the directory."""

from datetime import datetime

from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.events import ContactDeleted
from paraph.contacts.models import Contact
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.errors import Refused


class CannotDelete(Refused):
    """Something still needs this row."""

    code = "cannot-delete"


@db.transaction
def delete_contact(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Take a contact out of the directory; refused while documents name them."""
    take_out(contact, by=by, at=at)


@db.transaction_required
def take_out(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Delete one contact inside an action or a stretch of long work."""
    contact.lock()
    gone = ContactDeleted(contact_id=contact.pk, full_name=contact.name)
    try:
        contact.delete()
    except ProtectedError as needed:
        told = [getattr(row, "why_it_keeps", "") for row in needed.protected_objects]
        usual = _("%s is part of documents and stays in the directory with them.") % contact.name
        raise CannotDelete([*filter(None, told)] or usual) from needed
    journal.record(gone, by=by, at=at)
