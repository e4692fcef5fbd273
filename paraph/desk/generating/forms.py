"""The values of a document as somebody may type them over."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.documents.catalogue import GROUPS, ValueKind, Words, group_of
from paraph.documents.expressions import ASK
from paraph.documents.filling import Gap

_LONGEST = 2000
_QUESTIONS = _("Asked by the template")
_ALWAYS_OPEN = ("document", "ask")


@dataclass(frozen=True)
class Group:
    """Lines about the same: shut where all of it is known and nobody needs to look."""

    label: Words
    fields: Sequence[forms.BoundField]
    is_open: bool


class ValuesForm(forms.Form):
    """One line for each value that the template writes and that a person may change."""

    def __init__(self, gaps: Sequence[Gap], *args: Any, **kwargs: Any) -> None:
        """Show what is known now; what is missing comes first."""
        super().__init__(*args, **kwargs)
        self.gaps = {_key(gap.name): gap for gap in sorted(gaps, key=lambda it: not it.is_missing)}
        for key, gap in self.gaps.items():
            self.fields[key] = _field(gap)

    def groups(self) -> list[Group]:
        """Return the lines by what they are about, questions of the template first."""
        found: dict[str, list[str]] = {"ask": [], **{name: [] for name in GROUPS}}
        for key, gap in self.gaps.items():
            found["ask" if gap.name.startswith(ASK) else group_of(gap.name)].append(key)
        return [self._group(name, keys) for name, keys in found.items() if keys]

    def _group(self, name: str, keys: Sequence[str]) -> Group:
        lines = [self[key] for key in keys]
        is_wanted = any(self.gaps[key].is_missing or self[key].errors for key in keys)
        label = _QUESTIONS if name == "ask" else GROUPS[name]
        return Group(label, lines, is_open=is_wanted or name in _ALWAYS_OPEN)

    def typed(self) -> dict[str, str]:
        """Return what differs from what is known, by placeholder."""
        texts = {gap.name: _text(self.cleaned_data[key]) for key, gap in self.gaps.items()}
        present = {gap.name: _plain(gap.present) for gap in self.gaps.values()}
        return {name: text for name, text in texts.items() if _plain(text) != present[name]}

    def still_missing(self) -> list[Gap]:
        """Return the values that have to stand there and do not."""
        return [
            gap
            for key, gap in self.gaps.items()
            if not _text(self.cleaned_data.get(key)) and not gap.may_be_empty
        ]


def as_typed(gaps: Sequence[Gap], typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed before, as the form shows it."""
    return {_key(gap.name): typed[gap.name] for gap in gaps if gap.name in typed}


def _field(gap: Gap) -> forms.Field:
    wanted: dict[str, Any] = {
        "label": gap.label,
        "initial": gap.present,
        "required": False,
    }
    if gap.is_missing:
        wanted["help_text"] = _("This is missing.")
    if gap.kind is ValueKind.DATE:
        return forms.DateField(**wanted, widget=forms.DateInput(attrs={"type": "date"}))
    if gap.kind is ValueKind.LINES:
        widget: forms.Widget = forms.Textarea(attrs={"rows": 3})
        return forms.CharField(**wanted, max_length=_LONGEST, widget=widget)
    return forms.CharField(**wanted, max_length=_LONGEST)


def _key(name: str) -> str:
    """Return a name that an element of a page can have."""
    return "v" + hashlib.sha256(name.encode()).hexdigest()[:10]


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _plain(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
