"""Reads vCards 2.1, 3.0 and 4.0 into a table with one column for each thing that is known."""

import quopri
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from . import texts
from .found import Found, Record

PLACES = {
    "TITLE": "position",
    "ROLE": "position",
    "ORG": "company",
    "LANG": "language",
    "X-PARAPH-LANGUAGE": "language",
    "X-PARAPH-RESPONSIBLE": "responsible",
    "X-PARAPH-SHARED": "shared",
    "TEL": "phone",
    "EMAIL": "email",
}
KEYS = ["last_name", "first_name", "phone", "email", "position", "company", "type"]
KEYS += ["responsible", "language", "shared", "comment"]
TYPES = ("client", "partner", "supplier", "other")
"""The categories that are ours; those of other address books ("myContacts") say nothing to us."""
_LINE = re.compile(r"(?:[\w-]+\.)?([\w-]+)((?:;(?:\"[^\"]*\"|[^:\"])*)?):(.*)", re.DOTALL)
_SCHEME = re.compile(r"^(tel|mailto):", re.IGNORECASE)
_CHARSET = re.compile(r"CHARSET=\"?([\w.:-]+)")
_RANKS = (
    (re.compile(r"\b(FAX|PAGER)\b"), 0),
    (re.compile(r"\b(CELL|IPHONE)\b"), 3),
    (re.compile(r"\bPREF\b(?!=)|\bPREF=1\b"), 2),
    (re.compile(""), 1),
)
"""Which of several phones or addresses is kept: a link goes to a mobile phone, and to no fax."""


@dataclass
class Card:
    """One card as it is read: the first of each thing, or the better one."""

    line: int
    things: dict[str, str] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)
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
    """Yield the cards; one that does not end, or that another one names as its agent, as well."""
    begun: list[Card] = []
    is_agent = False
    for number, line in _unfolded(text):
        name, parameters, value = _property(line)
        begins = name == "BEGIN" and value.upper() == "VCARD"
        if begun and (name == "END" or (begins and not is_agent)):
            yield _named(begun.pop())
        if begins:
            begun.append(Card(number))
        elif begun and name:
            _take(begun[-1], name, parameters, value)
        is_agent = name == "AGENT" and not value
    yield from map(_named, reversed(begun))


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Join lines that were folded, and the soft breaks of quoted-printable."""
    begins, kept = 1, ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, start=1):
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
    name, parameters, value = found[1].upper(), found[2].upper(), found[3]
    if "QUOTED-PRINTABLE" in parameters:
        value = _decoded(quopri.decodestring(value.encode()), parameters)
    return name, parameters, value


def _decoded(octets: bytes, parameters: str) -> str:
    """Decode as the property says; where it does not, or not rightly, as other texts are."""
    if told := _CHARSET.search(parameters):
        with suppress(LookupError, UnicodeError):
            text = octets.decode(told[1])
            text.encode()  # some yield halves of letters
            return text
    return texts.decoded(octets)[0]


def _take(card: Card, name: str, parameters: str, value: str) -> None:
    if name == "N":
        last, first = [*_parts(value), "", ""][:2]
        card.things |= {"last_name": last, "first_name": first}
    elif name == "FN":
        card.full_name = _parts(value, at="")[0]
    elif name == "X-PARAPH-FIELD":
        label, *rest = _parts(value)
        card.things[label] = ";".join(rest)
    elif name == "CATEGORIES":
        named = _parts(value.lower(), at=",")
        before = card.things.get("type", "")
        card.things["type"] = next((it for it in named if it in TYPES), before)
    elif name == "NOTE":
        notes = (card.things.get("comment", ""), _parts(value, at="")[0])
        card.things["comment"] = "\n".join(filter(None, notes))
    elif key := PLACES.get(name):
        _keep(card, key, value, parameters)


def _keep(card: Card, key: str, value: str, parameters: str) -> None:
    """Keep the best of a kind: of equals, the first."""
    text = _parts(_SCHEME.sub("", value), at=";" if key == "company" else "")[0]
    rank = next(rank for said, rank in _RANKS if said.search(parameters))
    if text and rank > card.ranks.get(key, -1):
        card.things[key], card.ranks[key] = text, rank


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


def _named(card: Card) -> Card:
    """Return the card; where it has only a full name, its last word is the last name."""
    if not card.things.get("last_name") and not card.things.get("first_name"):
        first, _space, last = card.full_name.rpartition(" ")
        card.things |= {"last_name": last, "first_name": first}
    return card
