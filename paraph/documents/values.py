"""What a placeholder can stand for, before anybody writes it in a language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Amount:
    """Money."""

    amount: Decimal
    currency: str


@dataclass(frozen=True)
class Percent:
    """A rate, as 20 for twenty of a hundred."""

    rate: Decimal


@dataclass(frozen=True)
class PersonName:
    """The name of a person, in its parts."""

    first: str
    last: str

    @classmethod
    def typed(cls, text: str) -> PersonName:
        """Take the last word for the last name."""
        first, _space, last = text.strip().rpartition(" ")
        return cls(first.strip(), last)


@dataclass(frozen=True)
class Lines:
    """Text that is written in lines, as an address is."""

    lines: tuple[str, ...]


Value = str | Decimal | date | Amount | Percent | PersonName | Lines | None
Values = Mapping[str, Value]


def is_missing(value: Value) -> bool:
    """Tell whether there is nothing to write."""
    match value:
        case None | "":
            return True
        case PersonName(first, last):
            return not (first or last)
        case Lines(lines):
            return not any(lines)
    return False


def counts(value: Value) -> bool:
    """Tell whether a condition on the value holds: it is there, and not nought."""
    match value:
        case Decimal():
            return bool(value)
        case Amount(amount, _currency):
            return bool(amount)
        case Percent(rate):
            return bool(rate)
    return not is_missing(value)
