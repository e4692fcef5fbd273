"""A row as plain values that JSON can hold, and back: what a merge remembers of a row."""

from __future__ import annotations

from typing import Any

from django.db import models

from paraph.people.models import Employee

Columns = dict[str, Any]
DERIVED = {"id", "search_text", "sort_key", "also"}


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
            setattr(row, field.attname, None if is_gone(field, value) else value)
    return row


def flat(row: models.Model, *, inner: str) -> Columns:
    """Return what a merge may change in the survivor, one entry for each value.

    ``inner`` is the column that holds several of them by name.
    """
    own = {name: it for name, it in packed(row).items() if name not in {*DERIVED, inner}}
    return own | {f"{inner}.{key}": value for key, value in getattr(row, inner).items()}


def take_back(row: models.Model, *, before: Columns, after: Columns, inner: str) -> None:
    """Put back what a merge has changed; what somebody changed later stays."""
    now = flat(row, inner=inner)
    for name in {**before, **after}:
        if now.get(name) != after.get(name):
            continue
        was = before.get(name)
        if name.startswith(f"{inner}."):
            _put(getattr(row, inner), name.removeprefix(f"{inner}."), was)
        elif name != "responsible_id" or _works_here(was):
            field = _column(row, name)
            value = None if was is None else field.to_python(was)
            setattr(row, field.attname, None if is_gone(field, value) else value)


def is_gone(field: models.Field[Any, Any], value: Any) -> bool:
    """Tell whether an optional reference leads nowhere any more."""
    if value is None or not field.null or not isinstance(field, models.ForeignKey):
        return False
    return not field.related_model._base_manager.filter(pk=value).exists()


def _works_here(number: Any) -> bool:
    return Employee.objects.filter(pk=number, is_active=True).exists()


def _put(inner: dict[str, Any], key: str, value: Any) -> None:
    inner.pop(key, None)
    if value is not None:
        inner[key] = value


def _column(row: models.Model, name: str) -> models.Field[Any, Any]:
    return next(field for field in row._meta.concrete_fields if field.attname == name)
