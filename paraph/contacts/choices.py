"""Where rows that become one say different things: whose value stays, unless somebody chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from paraph.kit.search import normalise

from .models import Company, Contact


@dataclass(frozen=True)
class Choice:
    """A field that the rows fill differently: whose value stays, and what each has."""

    field: str
    chosen: int
    values: dict[int, str]

    @property
    def is_open(self) -> bool:
        """Tell whether there is anything to choose."""
        return len(set(filter(None, self.values.values()))) > 1


def choice_among(
    field: str, values: dict[int, str], *, preferred: Sequence[int], wanted: int | None
) -> Choice:
    """Return whose value stays: the wanted one's, else that of the first who has one.

    Where others say the same in better letters, theirs stays.
    """
    if wanted in values:
        return Choice(field, wanted, values)
    preset = next((it for it in preferred if values[it]), preferred[0])
    return Choice(field, _better_written(values, preset), values)


def also_known(
    survivor: Contact | Company,
    rows: Sequence[Contact | Company],
    chosen: Sequence[Choice],
    *,
    merge: int,
) -> list[dict[str, Any]]:
    """Return the values that did not stay, each once, and what the others were known by before."""
    known: list[dict[str, Any]] = []
    for choice in chosen:
        stays = choice.values[choice.chosen]
        others = dict.fromkeys(choice.values.values())
        known += [{"field": choice.field, "value": it} for it in others if it and it != stays]
    for row in rows:
        if row.pk != survivor.pk:
            known += [{"field": it["field"], "value": it["value"]} for it in row.also]
    return [*survivor.also, *({**entry, "merge": merge} for entry in known)]


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
