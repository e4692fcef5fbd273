"""Reads vCards 2.1, 3.0 and 4.0 into a table with one column for each thing that is known."""

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .found import Found, Record

PLACES = {
    "TITLE": "position",
    "ROLE": "position",
    "ORG": "company",
    "NOTE": "comment",
    "LANG": "language",
    "X-PARAPH-LANGUAGE": "language",
    "CATEGORIES": "type",
    "X-PARAPH-RESPONSIBLE": "responsible",
    "X-PARAPH-SHARED": "shared",
    "TEL": "phone",
    "EMAIL": "email",
}
KEYS = ["last_name", "first_name", "phone", "email", "position", "company", "type"]
KEYS += ["responsible", "language", "shared", "comment"]
_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^:\"])*)?):(.*)", re.DOTALL)
_MOBILE = re.compile(r"\b(CELL|PREF)\b|PREF=1\b", re.IGNORECASE)


@dataclass
class Card:
    """One card as it is read: the first of each thing, or the better one."""

    line: int
    things: dict[str, str] = field(default_factory=dict)
    preferred: set[str] = field(default_factory=set)
    full_name: str = ""


def read(text: str, *, encoding: str) -> Found:
    """Read all cards; further fields get a column each."""
    cards = list(_cards(text))
    more = sorted({key for card in cards for key in card.things} - set(KEYS))
    return Found("vcard", _records(cards, [*KEYS, *more]), encoding=encoding)


def _records(cards: list[Card], keys: list[str]) -> Iterator[Record]:
    yield 0, list(keys)
    for card in cards:
        yield card.line, [card.things.get(key, "") for key in keys]


def _cards(text: str) -> Iterator[Card]:
    card: Card | None = None
    for number, line in _unfolded(text):
        name, parameters, value = _property(line)
        if name == "BEGIN" and value.upper() == "VCARD":
            card = Card(number)
        elif name == "END" and card:
            _name_by_full(card)
            yield card
            card = None
        elif card and name:
            _take(card, name, parameters, value)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Join lines that were folded, and the soft breaks of quoted-printable."""
    begins, kept = 1, ""
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        is_soft = kept.endswith("=") and "QUOTED-PRINTABLE" in kept.upper()
        if is_soft:
            kept = kept[:-1] + line
        elif line[:1] in (" ", "\t"):
            kept += line[1:]
        else:
            yield begins, kept
            begins, kept = number, line
    yield begins, kept


def _property(line: str) -> tuple[str, str, str]:
    found = _LINE.fullmatch(line)
    if not found:
        return "", "", ""
    name, parameters, value = found.groups()
    if "QUOTED-PRINTABLE" in parameters.upper():
        value = quopri.decodestring(value.encode()).decode("utf-8", errors="replace")
    return name.upper(), parameters.upper(), value


def _take(card: Card, name: str, parameters: str, value: str) -> None:
    if name == "N":
        last, first = [*_parts(value), "", ""][:2]
        card.things |= {"last_name": last, "first_name": first}
    elif name == "FN":
        card.full_name = _parts(value, at="")[0]
    elif name == "X-PARAPH-FIELD":
        label, *rest = _parts(value)
        card.things[label] = ";".join(rest)
    elif key := PLACES.get(name):
        _keep(card, key, value.removeprefix("tel:").removeprefix("mailto:"), parameters)


def _keep(card: Card, key: str, value: str, parameters: str) -> None:
    """Keep the first of a kind, or the one that is preferred: a mobile phone, say."""
    is_preferred = bool(_MOBILE.search(parameters)) and key not in card.preferred
    text = _parts(value, at=";" if key == "company" else "")[0]
    if text and (is_preferred or key not in card.things):
        card.things[key] = text
        if is_preferred:
            card.preferred.add(key)


def _parts(value: str, *, at: str = ";") -> list[str]:
    """Divide a value at its separators and take the escapes away."""
    parts, escaped = [""], False
    for letter in value:
        if escaped:
            parts[-1] += "\n" if letter in "nN" else letter
            escaped = False
        elif letter == "\\":
            escaped = True
        elif letter == at:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


def _name_by_full(card: Card) -> None:
    """Where a card has only a full name, its last word is the last name."""
    if not card.things.get("last_name") and not card.things.get("first_name"):
        first, _space, last = card.full_name.rpartition(" ")
        card.things |= {"last_name": last, "first_name": first}
