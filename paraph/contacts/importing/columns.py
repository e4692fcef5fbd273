"""What a column of a foreign file can mean, and likely means: by its name, or by its cells."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from paraph.contacts import fields
from paraph.contacts.exporting.columns import all_columns
from paraph.contacts.models import CustomField
from paraph.kit.search import normalise

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

NOTHING = ""
FULL_NAME = "full_name"
NEVER_READ = {"created", "last_document"}
"""Columns that an export writes and no import takes: they are facts, not what somebody wrote."""

# What other programs and people call the columns, in the languages of our readers.
ALIASES: dict[str, str] = {
    "last_name": "surname, family name, lastname, nom, nom de famille, nazwisko, nachname, n",
    "first_name": "given name, firstname, forename, prenom, imie, vorname",
    FULL_NAME: "full name, name, contact, contact name, display name, nom complet, nom et prenom, "
    "prenom nom, imie i nazwisko, nazwisko i imie",
    "phone": "mobile, mobile phone, phone number, telephone, tel, portable, telephone portable, "
    "telephone mobile, mobile no, gsm, telefon, telefon komorkowy, komorka, numer telefonu, "
    "phone 1 - value, cell",
    "email": "email, mail, e mail, email address, e-mail address, courriel, adresse e-mail, "
    "adresse mail, adresse electronique, adres e-mail, poczta, e-mail 1 - value",
    "position": "job title, title, function, role, fonction, poste, stanowisko, funkcja",
    "company": "organization, organisation, company name, account, societe, entreprise, firma, "
    "nazwa firmy, organization 1 - name, client",
    "type": "contact type, type, kind, category, type de contact, categorie, typ, typ kontaktu",
    "responsible": "owner, account owner, assigned to, sales rep, responsable, commercial, "
    "proprietaire, opiekun, odpowiedzialny",
    "language": "lang, langue, jezyk",
    "shared": "shared, public, partage",
    "comment": "note, notes, comments, remark, remarks, description, commentaire, commentaires, "
    "remarque, remarques, uwagi, komentarz, notatki",
}

MOST_LETTERS = 300
"""A cell with more is no address and no number; patterns would take long over a book."""
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_PHONE = re.compile(r"\+?[\d\s().\-/]{8,20}")


@dataclass(frozen=True)
class Target:
    """Something that a column can mean."""

    key: str
    label: str | _StrPromise


def targets() -> list[Target]:
    """Return everything that a column can mean, in the order of the form."""
    own = [Target(it.key, it.label) for it in all_columns() if it.key not in NEVER_READ]
    return [*own[:2], Target(FULL_NAME, _("Full name")), *own[2:]]


def guess(heading: Sequence[str], cells: Sequence[Sequence[str]]) -> list[str]:
    """Return what each column likely means; nothing means two columns."""
    known = dict(_names())
    meanings: list[str] = []
    for number, name in enumerate(heading):
        meaning = known.get(_plain(name), NOTHING)
        if meaning == NOTHING and _plain(name) not in _never_read():
            meaning = _by_content([row[number] for row in cells if number < len(row)])
        meanings.append(meaning if meaning not in meanings else NOTHING)
    if {"last_name", "first_name"} & set(meanings):
        return [NOTHING if it == FULL_NAME else it for it in meanings]
    return meanings


def looks_like_a_heading(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns: no address, no number stands in it.

    A row that is alone may be a contact without both, unless one of its cells is a known name.
    """
    first = rows[0] if rows else []
    if len(rows) == 1 and not dict(_names()).keys() & set(map(_plain, first)):
        return False
    return not any(_fits(cell, _EMAIL) or _fits(cell, _PHONE) for cell in first)


def signature(heading: Sequence[str]) -> str:
    """Return what files with the same columns have in common."""
    return hashlib.sha256("\x1f".join(map(_plain, heading)).encode()).hexdigest()


def _names() -> Iterator[tuple[str, str]]:
    """Yield what columns are called and what that means, our own names in all languages last."""
    for key, words in ALIASES.items():
        yield from ((_plain(word), key) for word in words.split(","))
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            yield from ((_plain(str(target.label)), target.key) for target in targets())
    yield from ((key, key) for key in ALIASES)


def _never_read() -> set[str]:
    labels = [it.label for it in all_columns() if it.key in NEVER_READ]
    found = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= {_plain(str(label)) for label in labels}
    return found


def _by_content(cells: Sequence[str]) -> str:
    filled = [cell.strip() for cell in cells if cell.strip()]
    for meaning, pattern in (("email", _EMAIL), ("phone", _PHONE)):
        if filled and sum(_fits(it, pattern) for it in filled) >= 0.8 * len(filled):
            return meaning
    return NOTHING


def _fits(cell: str, pattern: re.Pattern[str]) -> bool:
    return len(cell) <= MOST_LETTERS and bool(pattern.fullmatch(cell))


def _plain(name: str) -> str:
    return normalise(name).strip(" *:.")


def further_keys() -> dict[str, CustomField]:
    """Return the further fields by the key that a column means."""
    return {field.key: field for field in fields.custom_fields()}
