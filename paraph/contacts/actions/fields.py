"""Administrators say which further fields contacts have."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Literal

from django.db.models import Max
from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts import rules
from paraph.contacts.events import (
    CustomFieldArchived,
    CustomFieldCreated,
    CustomFieldEdited,
    CustomFieldRestored,
)
from paraph.contacts.models import CustomField, FieldKind
from paraph.journal import Actor
from paraph.kit import db

from .creating import CannotSave

Direction = Literal["up", "down"]


@dataclass(frozen=True)
class FieldCard:
    """What is said about a further field."""

    label: str
    help: str = ""
    is_required: bool = False
    choices: tuple[str, ...] = ()


@db.transaction
def create_field(kind: FieldKind, card: FieldCard, *, by: Actor, at: datetime) -> CustomField:
    """Give contacts a further field, below those they have."""
    last = CustomField.objects.aggregate(last=Max("position"))["last"]
    field = CustomField(kind=kind, position=0 if last is None else last + 1)
    _write(field, card)
    created = CustomFieldCreated(contact_field_id=field.pk, label=field.label, kind=kind)
    journal.record(created, by=by, at=at)
    return field


@db.transaction
def edit_field(field: CustomField, card: FieldCard, *, by: Actor, at: datetime) -> None:
    """Change the words or the choices; what contacts hold already stays, and so does the kind."""
    field.lock()
    kept = CustomField.objects.get(pk=field.pk)
    _write(field, card)
    if changed := rules.changes(kept, field, fields=[each.name for each in fields(FieldCard)]):
        edited = CustomFieldEdited(contact_field_id=field.pk, label=field.label, changes=changed)
        journal.record(edited, by=by, at=at)


@db.transaction
def archive_field(field: CustomField, *, by: Actor, at: datetime) -> None:
    """Show a field no more; what contacts hold in it is kept."""
    field.lock()
    field.archived_at = at
    field.save(update_fields=["archived_at"])
    archived = CustomFieldArchived(contact_field_id=field.pk, label=field.label)
    journal.record(archived, by=by, at=at)


@db.transaction
def restore_field(field: CustomField, *, by: Actor, at: datetime) -> None:
    """Show an archived field again, with what contacts held in it."""
    field.lock()
    if _is_named_so(field.label, besides=field):
        raise CannotSave([_("There is a field with this name already.")])
    field.archived_at = None
    field.save(update_fields=["archived_at"])
    restored = CustomFieldRestored(contact_field_id=field.pk, label=field.label)
    journal.record(restored, by=by, at=at)


@db.transaction
def move_field(field: CustomField, direction: Direction) -> None:
    """Let a field change places with the one above or below it."""
    shown = list(CustomField.objects.in_use().select_for_update())
    if field not in shown:  # archived meanwhile
        return
    place = shown.index(field)
    other = place + (1 if direction == "down" else -1)
    if 0 <= other < len(shown):
        shown[place], shown[other] = shown[other], shown[place]
    for position, each in enumerate(shown):
        each.position = position
    CustomField.objects.bulk_update(shown, ["position"])


@db.transaction_required
def _write(field: CustomField, card: FieldCard) -> None:
    _require(field, card)
    field.label, field.help = card.label, card.help
    field.is_required, field.choices = card.is_required, list(card.choices)
    field.save()


def _require(field: CustomField, card: FieldCard) -> None:
    obstacles = []
    if not card.label.strip():
        obstacles.append(_("Write how the field is called."))
    if _is_named_so(card.label.strip(), besides=field):
        obstacles.append(_("There is a field with this name already."))
    if field.kind == FieldKind.CHOICE and len(card.choices) < 2:
        obstacles.append(_("Write at least two choices, one a line."))
    if obstacles:
        raise CannotSave(obstacles)


def _is_named_so(label: str, *, besides: CustomField) -> bool:
    others = CustomField.objects.in_use().exclude(pk=besides.pk)
    return others.filter(label__iexact=label).exists()
