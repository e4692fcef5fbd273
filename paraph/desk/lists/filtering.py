"""The filters of a list as a person sees them: fields to choose in, and chips to take away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from paraph.kit.filters import Amounts, Contains, Filter, Flag, OneOf, Period
from paraph.people.models import Employee

from .asking import Question

MANY = 12
"""From here on a list of choices gets a search of its own."""


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the list, and the address without it."""

    name: str
    label: str
    value: str
    href: str


@dataclass(frozen=True)
class Field:
    """A filter as fields of a form."""

    kind: str
    name: str
    label: str
    value: str = ""
    until: str = ""
    choices: list[tuple[str, str, bool]] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        return len(self.choices) > MANY


def fields_of(question: Question[Any], person: Employee) -> Iterator[Field]:
    """Yield the filters with what is chosen in them."""
    for each in question.listing.filters:
        yield _field(each, question, person)


def chips_of(question: Question[Any], person: Employee) -> Sequence[Chip]:
    """Return what narrows the list besides the search, each to be taken away."""
    return [chip for each in question.listing.filters for chip in _chips(each, question, person)]


def _field(each: Filter, question: Question[Any], person: Employee) -> Field:
    def chosen(key: str) -> list[str]:
        return question.criteria.get(key, [])

    label = str(each.label)
    match each:
        case OneOf():
            choices = [
                (value, str(words), value in chosen(each.name))
                for value, words in each.choices(person)
            ]
            return Field("choices", each.name, label, choices=choices)
        case Period():
            first, last = ("".join(chosen(key)) for key in (each.since, each.until))
            kind = "amounts" if isinstance(each, Amounts) else "period"
            return Field(kind, each.name, label, first, last)
        case Flag():
            return Field("flag", each.name, label, "".join(chosen(each.name)))
        case _:
            return Field("text", each.name, label, "".join(chosen(each.name)))


def _chips(each: Filter, question: Question[Any], person: Employee) -> Iterator[Chip]:
    label, criteria = str(each.label), question.criteria
    match each:
        case OneOf() if values := criteria.get(each.name):
            words = {value: str(name) for value, name in each.choices(person)}
            for value in values:
                href = question.without(each.name, value=value)
                yield Chip(
                    each.name, label, words.get(value, _("Somebody or something else")), href
                )
        case Amounts() if each.since in criteria or each.until in criteria:
            numbers = ["".join(criteria.get(key, ())) for key in (each.since, each.until)]
            href = question.without(each.since, each.until)
            yield Chip(each.name, label, _between(*numbers), href)
        case Period() if each.since in criteria or each.until in criteria:
            days = [_day(criteria.get(key, ())) for key in (each.since, each.until)]
            yield Chip(each.name, label, _between(*days), question.without(each.since, each.until))
        case Flag() if each.name in criteria:
            yield Chip(each.name, label, "", question.without(each.name))
        case Contains() if each.name in criteria:
            typed = "".join(criteria[each.name])
            yield Chip(each.name, label, typed, question.without(each.name))


def _day(given: Sequence[str]) -> str:
    return formats.date_format(date.fromisoformat(given[0]), "SHORT_DATE_FORMAT") if given else ""


def _between(first: str, last: str) -> str:
    if not last:
        return _("from %s") % first
    if not first:
        return _("until %s") % last
    return _("%(first)s to %(last)s") % {"first": first, "last": last}
