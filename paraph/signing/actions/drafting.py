"""Preparing an envelope: its documents, its parties, its words. Every choice is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.models import Company
from paraph.documents.models import Document
from paraph.documents.steps import copy_document
from paraph.journal import Actor
from paraph.kit import db
from paraph.people.models import Employee
from paraph.sales.models import Deal

from .. import layouts, marks, queries, rules, seating, steps
from ..choices import Description, PartyChoice, two_parties
from ..events import EnvelopeCreated, EnvelopeDeleted
from ..lifecycle import PartyStatus
from ..models import Enclosure, Envelope, Field, Party
from ..refusals import CannotChoose


@db.transaction
def create_draft(
    title: str,
    *,
    responsible: Employee,
    documents: Sequence[Document],
    by: Actor,
    at: datetime,
    deal: Deal | None = None,
) -> Envelope:
    """Begin an envelope: from our first company, signed by its director, then by a client.

    One that belongs to a deal takes company, client and amount from it. Where a document of the
    same template was sent before, the same people sit in their places, with the same fields.
    """
    deal = deal or next((document.deal for document in documents if document.deal), None)
    company = (deal and deal.company) or Company.objects.ours().order_by("id").first()
    envelope = Envelope(title=title, responsible=responsible, company=company, created_at=at)
    envelope.stands_since = at
    envelope.reminders = asdict(policy) if (policy := rules.usual_policy()).is_on else {}
    if deal is not None:
        envelope.deal, envelope.currency = deal, deal.currency
        envelope.amount = round(deal.amount, 2) if deal.amount else None
    envelope.save()
    enclosed = _enclose(envelope, documents, at=at)
    director = company.director if company else None
    signer = director if director and queries.may_sign(director) else None
    client = deal.contact if deal else None
    layout = layouts.layout_of(enclosed)
    seats = layouts.seats_of(layout, signer=signer, client=client) if layout else None
    seated = _seat(envelope, seats or two_parties(signer, client))
    marks.lay_out_marks(enclosed, seated)
    layouts.lay_out(enclosed, seated)
    steps.index(envelope)
    created = EnvelopeCreated(envelope.pk, title, deal_id=deal.pk if deal else None)
    journal.record(created, by=by, at=at)
    return envelope


@db.transaction
def choose_documents(
    envelope: Envelope, *, documents: Sequence[Document], by: Actor, at: datetime
) -> list[Document]:
    """Put these documents into a draft, in this order. Fields on those taken out go with them.

    A document that lies in another envelope is copied, so that each travels with its
    own signatures. Returns what lies in the draft now.
    """
    steps.hold_draft(envelope, otherwise=_("This document was sent; it can not be changed."))
    once_each = list(dict.fromkeys(documents))  # a button may be pressed twice
    enclosed = _enclose(envelope, once_each, at=at)
    parties = queries.parties_of(envelope)
    marks.lay_out_marks(enclosed, parties)
    layouts.lay_out(enclosed, parties)
    steps.index(envelope)
    return enclosed


@db.transaction
def choose_parties(
    envelope: Envelope,
    *,
    company: Company,
    parties: Sequence[PartyChoice],
    by: Actor,
    at: datetime,
) -> list[Party]:
    """Seat these people, in this order. A seat keeps its fields when its person changes."""
    steps.hold_draft(envelope, otherwise=_("This document was sent; it can not be changed."))
    if not company.is_ours:
        raise CannotChoose(_("Choose one of your own companies as the sender."))
    envelope.company = company
    envelope.save(update_fields=["company"])
    seated = _seat(envelope, parties)
    seating.forget_namers(seated)
    steps.index(envelope)
    return seated


@db.transaction
def describe(envelope: Envelope, *, description: Description, by: Actor, at: datetime) -> None:
    """Set the title, the message to the parties, the deadline and the amount."""
    steps.hold_draft(envelope, otherwise=_("This document was sent; it can not be changed."))
    if not description.title.strip():
        raise CannotChoose(_("Give the document a title."))
    for name, value in vars(description).items():
        setattr(envelope, name, value)
    envelope.save(update_fields=list(vars(description)))
    steps.index(envelope)


@db.transaction
def delete_draft(envelope: Envelope, *, by: Actor, at: datetime) -> None:
    """Throw a draft away; its documents stay."""
    steps.hold_draft(envelope, otherwise=_("This document was sent; it can not be deleted."))
    journal.record(EnvelopeDeleted(envelope.pk, envelope.title), by=by, at=at)
    envelope.delete()


@db.transaction
def use_as_new(envelope: Envelope, *, responsible: Employee, by: Actor, at: datetime) -> Envelope:
    """Begin a draft like this envelope: copies of its documents, the same parties and fields."""
    draft = draft_like(envelope, responsible=responsible, at=at)
    created = EnvelopeCreated(draft.pk, draft.title, deal_id=draft.deal_id)
    journal.record(created, by=by, at=at)
    return draft


@db.transaction_required
def draft_like(envelope: Envelope, *, responsible: Employee, at: datetime) -> Envelope:
    """Make a draft with copies of the documents, and with whoever still is a party."""
    draft = Envelope.objects.create(
        title=envelope.title,
        responsible=responsible,
        company=envelope.company,
        message=envelope.message,
        amount=envelope.amount,
        currency=envelope.currency,
        deal=envelope.deal,
        may_hand_over=envelope.may_hand_over,
        reminders=envelope.reminders,
        created_at=at,
        stands_since=at,
    )
    before = queries.documents_of(envelope)
    copies = dict(zip((d.pk for d in before), _enclose(draft, before, at=at), strict=True))
    for party in queries.parties_of(envelope):
        if party.status != PartyStatus.REPLACED:
            _seat_again(party, draft, copies)
    for group, needed in queries.needed_of(envelope).items():
        draft.groups.create(number=group, needed=needed)
    steps.index(draft)
    return draft


def _enclose(envelope: Envelope, documents: Sequence[Document], *, at: datetime) -> list[Document]:
    """Make the enclosures be exactly these documents.

    They are held, so that two drafts begun at once do not share one.
    """
    for document in sorted(documents, key=lambda row: row.pk):
        document.lock()
    elsewhere = Enclosure.objects.filter(document__in=[document.pk for document in documents])
    taken = set(elsewhere.exclude(envelope=envelope).values_list("document_id", flat=True))
    enclosed = [
        copy_document(document, responsible=envelope.responsible, at=at)
        if document.pk in taken
        else document
        for document in documents
    ]
    envelope.enclosures.all().delete()
    Enclosure.objects.bulk_create(
        Enclosure(envelope=envelope, document=document, position=position)
        for position, document in enumerate(enclosed, start=1)
    )
    Field.objects.filter(party__envelope=envelope).exclude(document__in=enclosed).delete()
    return enclosed


def _seat(envelope: Envelope, choices: Sequence[PartyChoice]) -> list[Party]:
    """Make the parties be these, keeping the row of each seat."""
    seats = list(envelope.parties.in_order())
    for spare in seats[len(choices) :]:
        spare.delete()
    seats += [Party(envelope=envelope) for _new in choices[len(seats) :]]
    for party, choice in zip(seats, choices, strict=False):
        seating.sit(party, choice)
    return seats[: len(choices)]


def _seat_again(party: Party, draft: Envelope, copies: dict[int, Document]) -> None:
    """Give a draft the same party with the same, empty places."""
    places = list(party.fields.all())
    again = Party(envelope=draft)
    seating.sit(again, seating.choice_of(party))
    for place in places:
        place.pk, place.party, place.document = None, again, copies[place.document_id]
        place.value = place.picture = place.attachment = place.slot = ""
        place.may_keep = False
    Field.objects.bulk_create(places)
