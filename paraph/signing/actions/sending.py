"""Sending: a draft becomes something that others are asked to sign."""

from __future__ import annotations

from datetime import datetime

from paraph import journal
from paraph.documents.steps import freeze, retitle
from paraph.journal import Actor
from paraph.kit import db
from paraph.people.models import Installation

from .. import details, layouts, queries, rules, steps
from ..events import EnvelopeSent
from ..lifecycle import Step
from ..models import Envelope, Field
from ..refusals import CannotSend


@db.transaction
def send_envelope(envelope: Envelope, *, by: Actor, at: datetime) -> None:
    """Send a draft; whoever is first in line is asked as soon as its documents are prepared.

    A document that travels alone takes the envelope's title: what the parties are asked to sign
    is what the proof and the downloaded file are called.
    """
    envelope.lock()
    documents = queries.documents_of(envelope)
    for document in documents:
        freeze(document, at=at)
    for party in queries.parties_of(envelope):
        steps.copy_person(party)
        party.save(update_fields=["name", "email", "phone", "language"])
    if obstacles := rules.obstacles_to_sending(queries.dispatch_of(envelope), at=at):
        raise CannotSend(obstacles)

    if len(documents) == 1:
        retitle(documents[0], title=envelope.title, by=by, at=at)
    parties = queries.parties_of(envelope)
    layouts.remember_layouts(envelope, documents, parties, at=at)
    details.fill_in(envelope)
    envelope.is_trial = Installation.here().is_trial
    envelope.save(update_fields=["is_trial"])
    _name_in_files(envelope)
    envelope.take(Step.SEND, at=at)
    journal.record(EnvelopeSent(envelope.pk, envelope.title), by=by, at=at)


@db.transaction_required
def _name_in_files(envelope: Envelope) -> None:
    """Give parties and places the names that they bear in the PDF from here on."""
    for number, party in enumerate(queries.parties_of(envelope), start=1):
        party.key = f"p{number}"
        party.save(update_fields=["key"])
        places = list(party.fields.order_by("id"))
        for count, place in enumerate(places, start=1):
            place.slot = f"{party.key}f{count}"
        Field.objects.bulk_update(places, ["slot"])
