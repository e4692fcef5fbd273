"""Erasing a person's data on request (GDPR, article 17): ordered, done in stretches, reported."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from paraph import journal
from paraph.batches.actions import order_batch
from paraph.batches.models import Batch
from paraph.contacts.erasing import erase_contact
from paraph.contacts.events import ContactErased
from paraph.contacts.models import Contact
from paraph.journal import Actor
from paraph.journal.in_bulk import erase_facts
from paraph.kit import db
from paraph.messaging.erasing import erase_messages
from paraph.people.models import Employee
from paraph.signing.models import Envelope
from paraph.signing.removing import remove_document, remove_envelope

from .. import people
from ..events import EnvelopeErased
from ..models import Doomed, Erasure, Gate
from ..refusals import CannotErase

STRETCH = 20
LETTERS = gettext_noop("Messages: addresses and texts")
UNSIGNED = gettext_noop("Documents that were never signed by everybody")
FACTS = gettext_noop("Entries of timelines: what they said")
FIELDS = gettext_noop("Fields of the contact")


@db.transaction
def order_erasure(contact: Contact, *, reason: str, by: Employee, at: datetime) -> Erasure:
    """Order that a person's data be erased; refused while something needs it."""
    Gate.close()
    contact.lock()
    refuse_needed(contact, by=by)
    erasure = Erasure.objects.create(
        contact_number=contact.pk, reason=reason.strip(), asked_by=by, asked_at=at
    )
    given = {"erasure": erasure.pk}
    order_batch("vault.erase-person", given=given, total=None, owner=by, at=at)
    return erasure


def refuse_needed(contact: Contact, *, by: Employee) -> None:
    """Raise while something needs the person's data."""
    if obstacles := people.obstacles_to_erasing(contact, reader=by):
        raise CannotErase(obstacles)


@db.transaction_required
def erase_next(batch: Batch, erasure: Erasure, *, at: datetime) -> int | None:
    """Erase the next of it: messages, unsigned documents, then the person; where to go on."""
    Gate.close()
    erasure.lock()
    contact = Contact.objects.get(pk=erasure.contact_number)
    refuse_needed(contact, by=batch.owner)
    count = erase_messages(people.letters_of(contact))
    _add(erasure, LETTERS, count)
    unsigned = list(people.unsigned_of(contact)[:STRETCH])
    for envelope in unsigned:
        _remove(envelope, erasure=erasure, by=batch.owner.actor, at=at)
    _add(erasure, UNSIGNED, len(unsigned))
    if len(unsigned) < STRETCH:
        _finish(contact, erasure, by=batch.owner.actor, at=at)
    erasure.save()
    return None if erasure.done_at else 1


@db.transaction_required
def _finish(contact: Contact, erasure: Erasure, *, by: Actor, at: datetime) -> None:
    """Erase the person themselves, and write down what stays."""
    fields = ("first_name", "last_name", "phone", "email", "position", "comment")
    filled = [name for name in fields if getattr(contact, name)]
    _add(erasure, FACTS, erase_facts(people.facts_of(contact)))
    _add(erasure, FIELDS, len(filled) + len(contact.custom) + len(contact.also))
    erase_contact(contact)
    erasure.kept = [{"code": it.file.code, "why": it.why} for it in people.kept_of(contact)]
    erasure.done_at = at
    erased = ContactErased(contact_id=contact.pk, erasure=erasure.pk)
    journal.record(erased, by=by, at=at)


@db.transaction_required
def _remove(envelope: Envelope, *, erasure: Erasure, by: Actor, at: datetime) -> None:
    """Take away an envelope that ended unsigned, and its documents unless another needs them."""
    gone = EnvelopeErased(envelope_id=envelope.pk, erasure=erasure.pk)
    for document in envelope.documents.all():
        if document.envelopes.exclude(pk=envelope.pk).exists():
            document.enclosures.filter(envelope=envelope).delete()
            continue
        removed = remove_document(document)
        doomed = [Doomed(sha256=sha256, since=at) for sha256 in sorted(removed.files)]
        Doomed.objects.bulk_create(doomed, ignore_conflicts=True)
    if Envelope.objects.filter(pk=envelope.pk).exists():
        remove_envelope(envelope)
    journal.record(gone, by=by, at=at)


def _add(erasure: Erasure, what: str, count: int) -> None:
    for line in erasure.erased:
        if line["what"] == what:
            line["count"] += count
            return
    erasure.erased.append({"what": what, "count": count})


def order_of(erasure: Erasure) -> Batch | None:
    """Return the long work that carries an erasure out."""
    orders = Batch.objects.filter(kind="vault.erase-person", owner=erasure.asked_by)
    return next((it for it in orders if it.given.get("erasure") == erasure.pk), None)


def told(erasure: Erasure) -> list[tuple[str, int]]:
    """Return what was erased, in the reader's words."""
    return [(_(line["what"]), line["count"]) for line in erasure.erased]
