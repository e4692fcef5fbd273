"""What refers to a row is led to another row, and back.

Relations are found in the registry of models, so that what refers to a contact or a company
tomorrow moves, too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Protocol, cast

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.deletion import Collector

from paraph.kit import db

from .snapshots import packed, unpacked

AT_ONCE = 10_000

Moved = list[list[Any]]


class Weighable(Protocol):
    """A row that says which of two stays where there can be but one: consent, for instance."""

    def outweighs(self, other: Any) -> bool:
        """Tell whether this one stays."""


@db.transaction_required
def move_relations(row: models.Model, *, to: models.Model) -> tuple[Moved, list[list[Any]]]:
    """Let everything that refers to one row refer to the other; tell what moved.

    Where the other one has such a row already (the same deal, say) one of the two is dropped,
    the moving one unless it outweighs the other; it is returned with all that hung on it.
    """
    moved: Moved = []
    dropped: list[list[Any]] = []
    for model, field in _relations(row):
        rows = model._base_manager.filter(**{field.name: row})
        if _is_unique(model, field):
            numbers = [it.pk for it in rows if _moves(it, field, to, dropped)]
        else:
            numbers = list(rows.values_list("pk", flat=True))
        for some in _stretches(numbers):
            model._base_manager.filter(pk__in=some).update(**{field.name: to})
        if numbers:
            moved.append([model._meta.label_lower, field.name, row.pk, numbers])
    return moved, dropped


@db.transaction_required
def return_relations(moved: Moved, dropped: list[list[Any]], *, survivor: models.Model) -> None:
    """Let what was moved refer to the old rows again, unless it has gone elsewhere since."""
    for label, name, number, numbers in moved:
        rows = apps.get_model(label)._base_manager.filter(**{name: survivor})
        for some in _stretches(numbers):
            rows.filter(pk__in=some).update(**{f"{name}_id": number})
    for label, columns in dropped:
        row = unpacked(apps.get_model(label), columns)
        if not _clashes(row):
            type(row)._base_manager.bulk_create([row])


def used_among(model: type[models.Model], numbers: Collection[int]) -> set[int]:
    """Return the keys of those rows to which something outside of the directory refers."""
    used: set[int] = set()
    for referring, field in _relations(model):
        if referring._meta.app_label != model._meta.app_label:
            rows = referring._base_manager.filter(**{f"{field.name}__in": numbers})
            used.update(rows.values_list(field.attname, flat=True))
    return used


def _stretches(numbers: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield the keys in stretches that any database takes in one statement."""
    return (numbers[begin : begin + AT_ONCE] for begin in range(0, len(numbers), AT_ONCE))


def _relations(
    row: models.Model | type[models.Model],
) -> Iterator[tuple[type[models.Model], models.ForeignKey[Any, Any]]]:
    for relation in row._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            yield relation.related_model, relation.field


def _is_unique(model: type[models.Model], field: models.ForeignKey[Any, Any]) -> bool:
    together = [name for names in model._meta.unique_together for name in names]
    rules_ = [it for it in model._meta.constraints if isinstance(it, models.UniqueConstraint)]
    return field.unique or bool(rules_) or field.name in together


def _moves(
    row: models.Model,
    field: models.ForeignKey[Any, Any],
    to: models.Model,
    dropped: list[list[Any]],
) -> bool:
    """Tell whether the row can refer to the other one; if not, pack and delete it."""
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
