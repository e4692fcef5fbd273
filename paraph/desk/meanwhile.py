"""What a colleague has changed while somebody typed, in the words of the form."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def changes_shown(form: forms.Form, row: object, fields: Iterable[str]) -> list[tuple[str, str]]:
    """Return what these fields say now, each with its label."""
    return [_line(form, name, getattr(row, name)) for name in fields]


def _line(form: forms.Form, name: str, value: object) -> tuple[str, str]:
    if isinstance(value, dict):
        return _("Further numbers"), ", ".join(map(str, value.values())) or "–"
    field = form.fields.get(name, forms.CharField(label=name))
    return str(field.label), _shown(field, value) or "–"


def _shown(field: forms.Field, value: Any) -> str:
    """Say a value as the form's field says it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(field, forms.ChoiceField) and not isinstance(value, Model):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # no groups here
    if value is None or isinstance(value, Model):
        return str(value or "")
    return str(field.prepare_value(value))
