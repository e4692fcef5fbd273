"""Deals are created, edited, remarked on and deleted here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.models import Contact
from paraph.contacts.rules import changes
from paraph.journal import Actor
from paraph.kit import db, seeing
from paraph.people.models import Employee

from .. import rules, steps
from ..choices import DealCard
from ..events import (
    DealCommented,
    DealCreated,
    DealEdited,
    DealHandedOver,
    DealPersonAdded,
    DealPersonRemoved,
    DealsExported,
)
from ..models import Deal, DealStage
from ..refusals import CannotSaveDeal

WRITTEN = [field.name for field in fields(DealCard)]


@db.transaction
def create_deal(card: DealCard, *, stage: DealStage, by: Actor, at: datetime) -> Deal:
    """Begin a deal at the top of a stage; the client is the contact's company if none is given."""
    _require_complete(card)
    deal = Deal(stage=stage, rank=steps.rank_in(stage, after=None), created_at=at, edited_at=at)
    deal.closed_at = None if stage.is_open else at
    _write(deal, card)
    created = DealCreated(
        deal_id=deal.pk,
        title=deal.title,
        company_id=deal.client_id,
        contact_id=deal.contact_id,
    )
    journal.record(created, by=by, at=at)
    return deal


@db.transaction
def edit_deal(
    deal: Deal, card: DealCard, *, by: Actor, at: datetime, seen: str | None = None
) -> None:
    """Replace what is written about a deal; nothing is recorded when nothing changed.

    With ``seen``, the look of it that the person had, what others changed since is not
    overwritten.
    """
    deal.lock()
    _require_complete(card)
    kept = Deal.objects.select_related("client", "contact", "company", "responsible").get(
        pk=deal.pk
    )
    _require_unchanged(kept, seen)
    deal.edited_at = at
    _write(deal, card)
    changed = changes(kept, deal, fields=WRITTEN)
    if kept.amount == deal.amount:
        changed.pop("amount", None)
    _record_edits(deal, changed, by=by, at=at)


@db.transaction
def hand_over_deal(
    deal: Deal, *, leaver: Employee, responsible: Employee, by: Actor, at: datetime
) -> None:
    """Let somebody else be responsible, unless it is the leaver's no more."""
    deal.lock()
    if deal.responsible_id == leaver.pk:
        steps.give(deal, responsible=responsible, by=by, at=at)


@db.transaction
def comment_on_deal(deal: Deal, *, text: str, by: Actor, at: datetime) -> None:
    """Write a remark into the deal's timeline."""
    deal.lock()
    if not text.strip():
        raise CannotSaveDeal(_("Write the remark first."))
    journal.record(DealCommented(deal_id=deal.pk, text=text.strip()), by=by, at=at)


@db.transaction
def add_person(deal: Deal, *, person: Contact, by: Actor, at: datetime) -> None:
    """Let one more person of the client take part; who does already stays."""
    deal.lock()
    if person.pk == deal.contact_id or deal.people.filter(pk=person.pk).exists():
        return
    deal.people.add(person)
    added = DealPersonAdded(deal.pk, person.pk, deal.title, person.name)
    journal.record(added, by=by, at=at)


@db.transaction
def remove_person(deal: Deal, *, person: Contact, by: Actor, at: datetime) -> None:
    """Let somebody take no part any more; they stay in the directory."""
    deal.lock()
    if not deal.people.filter(pk=person.pk).exists():
        return
    deal.people.remove(person)
    removed = DealPersonRemoved(deal.pk, person.pk, deal.title, person.name)
    journal.record(removed, by=by, at=at)


@db.transaction
def delete_deal(deal: Deal, *, by: Actor, at: datetime) -> None:
    """Throw a deal away with its products; refused while documents belong to it."""
    deal.lock()
    steps.drop(deal, by=by, at=at)


@db.transaction
def note_export(*, rows: int, format: str, by: Actor, at: datetime) -> None:
    """Remember that somebody takes deals out of the house, and how many."""
    journal.record(DealsExported(rows=rows, format=format), by=by, at=at)


def _require_complete(card: DealCard) -> None:
    if obstacles := rules.obstacles_to_saving(
        title=card.title, currency=card.currency, amount=card.amount
    ):
        raise CannotSaveDeal(obstacles)


@db.transaction_required
def _require_unchanged(deal: Deal, seen: str | None) -> None:
    """Refuse what was typed over a later edit; an amount that products decide is not typed."""
    changed = [] if seen is None else seeing.changed_since(seen, deal, fields=WRITTEN)
    if (changed and changed != ["amount"]) or (changed and not deal.rows.exists()):
        sentence = _("Somebody else has changed %s meanwhile.") % deal.title
        raise seeing.ChangedMeanwhile(sentence, fields=changed)


@db.transaction_required
def _write(deal: Deal, card: DealCard) -> None:
    for name in WRITTEN:
        setattr(deal, name, getattr(card, name))
    if deal.client is None and card.contact is not None:
        deal.client = card.contact.company
    deal.amount = rules.rounded(card.amount, card.currency)
    if deal.pk:
        steps.add_up(deal)
    steps.index(deal)
    deal.save()


@db.transaction_required
def _record_edits(
    deal: Deal, changed: Mapping[str, list[str]], *, by: Actor, at: datetime
) -> None:
    """Tell a new responsible apart from other changes: handing over has a fact of its own."""
    others = {name: pair for name, pair in changed.items() if name != "responsible"}
    if "responsible" in changed:
        before, after = changed["responsible"]
        journal.record(DealHandedOver(deal_id=deal.pk, before=before, after=after), by=by, at=at)
    if others:
        journal.record(DealEdited(deal_id=deal.pk, changes=others), by=by, at=at)
