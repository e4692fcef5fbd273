"""Erasing a contact's personal data; the row stays, for whatever points there."""

from __future__ import annotations

from django.utils.translation import gettext as _

from paraph.kit import db

from .models import Contact
from .steps import index_contact


@db.transaction_required
def erase_contact(contact: Contact) -> None:
    """Leave nothing of the person in the directory, nor of those who were merged into them."""
    contact.merges.all().delete()
    contact.first_name, contact.last_name = "", _("Erased person")
    contact.phone = contact.email = contact.position = contact.comment = ""
    contact.company, contact.custom, contact.also = None, {}, []
    index_contact(contact)
    contact.save()
