"""How contacts become one: which values stay, what else they are known by, what moves along.

Relations are found in the registry of models, so that what refers to contacts tomorrow moves, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.deletion import Collector

from paraph.kit import db
from paraph.kit.search import normalise
from paraph.people.models import Employee

from . import fields, rules
from .cards import ContactCard, card_of
from .models import Contact

CHOSEN = (
    "last_name",
    "first_name",
    "phone",
    "email",
    "position",
    "company",
    "type",
    "language",
    "responsible",
)
"""Of these one value stays; comments are joined, and what one shares all share."""

DERIVED = {"id", "search_text", "sort_key", "also", "custom"}
Columns = dict[str, Any]
Moved = list[list[Any]]


class Weighable(Protocol):
    """A row that says which of two stays where there can be but one: consent, for instance."""

    def outweighs(self, other: Any) -> bool:
        """Tell whether this one stays."""


@dataclass(frozen=True)
class Choice:
    """A field that the contacts fill differently: whose value stays, and what each has."""

    field: str
    chosen: int
    values: dict[int, str]

    @property
    def is_open(self) -> bool:
        """Tell whether there is anything to choose."""
        return len(set(filter(None, self.values.values()))) > 1


def choices(
    contacts: Sequence[Contact], *, survivor: Contact | None, wanted: Mapping[str, int]
) -> list[Choice]:
    """Return for each field whose value stays.

    It is the wanted one's, else the survivor's, else that of the newest who has one.
    """
    stays = survivor.pk if survivor else None
    keys = sorted(
        {key for contact in contacts for key in contact.custom}, key=lambda it: int(it[1:])
    )
    return [_choice(contacts, field, stays, wanted.get(field)) for field in (*CHOSEN, *keys)]


def text_of(contact: Contact, field: str) -> str:
    """Return a value as text: what is compared, and what is kept of those that do not stay."""
    if field in CHOSEN:
        return rules.text(contact, field)
    return fields.plain(contact.custom.get(field))


def card(survivor: Contact, contacts: Sequence[Contact], chosen: Sequence[Choice]) -> ContactCard:
    """Return what is written about them once they are one."""
    by_number = {contact.pk: contact for contact in contacts}
    own = {
        it.field: getattr(by_number[it.chosen], it.field) for it in chosen if it.field in CHOSEN
    }
    further = {it.field: by_number[it.chosen].custom.get(it.field) for it in chosen}
    comments = dict.fromkeys(each.comment.strip() for each in contacts if each.comment.strip())
    return replace(
        card_of(survivor),
        **own,
        comment="\n\n".join(comments),
        is_shared=any(contact.is_shared for contact in contacts),
        custom={key: it for key, it in further.items() if key not in CHOSEN and it is not None},
    )


def also_known(
    survivor: Contact, contacts: Sequence[Contact], chosen: Sequence[Choice], *, merge: int
) -> list[dict[str, Any]]:
    """Return the values that did not stay, and what the others were known by before."""
    known: list[dict[str, Any]] = []
    for choice in chosen:
        stays = choice.values[choice.chosen]
        others = dict.fromkeys(choice.values.values())
        known += [{"field": choice.field, "value": it} for it in others if it and it != stays]
    for contact in contacts:
        if contact.pk != survivor.pk:
            known += [{"field": it["field"], "value": it["value"]} for it in contact.also]
    return [*survivor.also, *({**entry, "merge": merge} for entry in known)]


def packed(row: models.Model) -> Columns:
    """Return a row's columns as plain values that JSON can hold."""
    return {
        field.attname: None if field.value_from_object(row) is None else field.value_to_string(row)
        for field in row._meta.concrete_fields
    }


def unpacked(model: type[models.Model], columns: Columns) -> models.Model:
    """Return the row that was packed; what it refers to and is gone is left out if it may be."""
    row = model()
    for field in model._meta.concrete_fields:
        if field.attname in columns:
            value = columns[field.attname]
            value = None if value is None else field.to_python(value)
            setattr(row, field.attname, None if _is_gone(field, value) else value)
    return row


def flat(contact: Contact) -> Columns:
    """Return what a merge may change in the survivor, one entry for each value."""
    own = {name: it for name, it in packed(contact).items() if name not in DERIVED}
    return own | {f"custom.{key}": value for key, value in contact.custom.items()}


def take_back(contact: Contact, *, before: Columns, after: Columns) -> None:
    """Put back what a merge has changed; what somebody changed later stays."""
    now = flat(contact)
    for name in {**before, **after}:
        if now.get(name) != after.get(name):
            continue
        was = before.get(name)
        if name.startswith("custom."):
            _put(contact.custom, name.removeprefix("custom."), was)
        elif name != "responsible_id" or _works_here(was):
            field = _column(name)
            value = None if was is None else field.to_python(was)
            setattr(contact, name, None if _is_gone(field, value) else value)


@db.transaction_required
def move_relations(contact: Contact, *, to: Contact) -> tuple[Moved, list[list[Any]]]:
    """Let everything that refers to one contact refer to the other; tell what moved.

    Where the other one has such a row already (the same deal, say) one of the two is dropped,
    the moving one unless it outweighs the other; it is returned with all that hung on it.
    """
    moved: Moved = []
    dropped: list[list[Any]] = []
    for model, field in _relations():
        rows = model._base_manager.filter(**{field.name: contact})
        if _is_unique(model, field):
            numbers = [row.pk for row in rows if _moves(row, field, to, dropped)]
        else:
            numbers = list(rows.values_list("pk", flat=True))
        model._base_manager.filter(pk__in=numbers).update(**{field.name: to})
        if numbers:
            moved.append([model._meta.label_lower, field.name, contact.pk, numbers])
    return moved, dropped


@db.transaction_required
def return_relations(moved: Moved, dropped: list[list[Any]], *, survivor: Contact) -> None:
    """Let what was moved refer to the old contacts again, unless it has gone elsewhere since."""
    for label, name, number, numbers in moved:
        rows = apps.get_model(label)._base_manager.filter(pk__in=numbers, **{name: survivor})
        rows.update(**{f"{name}_id": number})
    for label, columns in dropped:
        row = unpacked(apps.get_model(label), columns)
        if not _clashes(row):
            type(row)._base_manager.bulk_create([row])


def _choice(
    contacts: Sequence[Contact], field: str, survivor: int | None, wanted: int | None
) -> Choice:
    values = {contact.pk: text_of(contact, field) for contact in contacts}
    if wanted in values:
        return Choice(field, wanted, values)
    newest = sorted(
        contacts, key=lambda it: (it.pk == survivor, it.edited_at, it.pk), reverse=True
    )
    preset = next((it.pk for it in newest if values[it.pk]), newest[0].pk)
    return Choice(field, _better_written(values, preset), values)


def _better_written(values: dict[int, str], preset: int) -> int:
    """Return whose value says the same in better letters: Zoé before ZOE, Emily before E."""
    word = normalise(values[preset]).rstrip(".")
    if len(word) == 1:
        whole = [it for it in values if len(values[it]) > 2 and normalise(values[it])[0] == word]
        return whole[0] if whole else preset
    same = [it for it in values if normalise(values[it]) == word]
    return max(same, key=lambda it: (_care(values[it]), it == preset), default=preset)


def _care(text: str) -> tuple[bool, int]:
    """Tell how carefully somebody wrote: not all in capitals or small letters, with accents."""
    return not (text.isupper() or text.islower()), sum(not letter.isascii() for letter in text)


def _works_here(number: Any) -> bool:
    return Employee.objects.filter(pk=number, is_active=True).exists()


def _put(custom: dict[str, Any], key: str, value: Any) -> None:
    custom.pop(key, None)
    if value is not None:
        custom[key] = value


def _column(name: str) -> models.Field[Any, Any]:
    return next(field for field in Contact._meta.concrete_fields if field.attname == name)


def _is_gone(field: models.Field[Any, Any], value: Any) -> bool:
    """Tell whether an optional reference leads nowhere any more."""
    if value is None or not field.null or not isinstance(field, models.ForeignKey):
        return False
    return not field.related_model._base_manager.filter(pk=value).exists()


def _relations() -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    for relation in Contact._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.related_model, relation.field


def _is_unique(model: type[models.Model], field: models.ForeignKey[Any, Any]) -> bool:
    together = [name for names in model._meta.unique_together for name in names]
    rules_ = [it for it in model._meta.constraints if isinstance(it, models.UniqueConstraint)]
    return field.unique or bool(rules_) or field.name in together


def _moves(
    row: models.Model, field: models.ForeignKey[Any, Any], to: Contact, dropped: list[list[Any]]
) -> bool:
    """Tell whether the row can refer to the other contact; if not, pack and delete it."""
    kept = getattr(row, field.attname)
    setattr(row, field.attname, to.pk)
    if not _clashes(row):
        return True
    if (other := _counterpart(row)) and cast(Weighable, row).outweighs(other):
        _drop(other, dropped)
        return True
    setattr(row, field.attname, kept)
    _drop(row, dropped)
    return False


def _counterpart(row: models.Model) -> models.Model | None:
    """Return the row that stands in the way, of models whose rows can outweigh each other."""
    if not hasattr(row, "outweighs"):
        return None
    for constraint in row._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            same = {name: getattr(row, name) for name in constraint.fields}
            rows = type(row)._base_manager.filter(**same).exclude(pk=row.pk)
            if other := rows.first():
                return other
    return None


def _drop(row: models.Model, dropped: list[list[Any]]) -> None:
    """Delete a row, and pack it with all that hangs on it."""
    collector = Collector(using=row._state.db or "default")
    collector.collect([row])
    collector.sort()
    hanging = [each for rows in collector.fast_deletes for each in rows]
    deleted = [each for rows in collector.data.values() for each in rows]
    dropped += [[it._meta.label_lower, packed(it)] for it in reversed([*hanging, *deleted])]
    row.delete()


def _clashes(row: models.Model) -> bool:
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError:
        return True
    return False
