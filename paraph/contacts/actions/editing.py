"""What is written about a contact changes."""

from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import fields, rules, steps
from paraph.contacts.cards import ContactCard
from paraph.contacts.events import ContactEdited
from paraph.contacts.models import Contact
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.seeing import ChangedMeanwhile

from .creating import CannotSave


@db.transaction
def edit_contact(
    contact: Contact,
    card: ContactCard,
    *,
    by: Actor,
    at: datetime,
    seen_at: datetime | None = None,
) -> None:
    """Replace what is written about a contact; nothing is recorded when nothing changed.

    With ``seen_at``, the edit that the person had before their eyes, a later one is not
    overwritten. What an incomplete contact lacks may stay missing, what it has may not go.
    """
    contact.lock()
    if seen_at and contact.edited_at != seen_at:
        raise ChangedMeanwhile(_("Somebody else has changed %s meanwhile.") % contact.name)
    if obstacles := rules.obstacles_to_saving(card, needed=rules.needed_of(contact)):
        raise CannotSave(obstacles)
    kept = Contact.objects.select_related("company", "responsible").get(pk=contact.pk)
    steps.fill_contact(contact, card)
    changed = rules.changes(kept, contact, fields=rules.WRITTEN)
    changed |= fields.changes(kept.custom, contact.custom)
    if not changed:
        return
    contact.edited_at = at
    contact.save()
    journal.record(ContactEdited(contact_id=contact.pk, changes=changed), by=by, at=at)
