"""Makes cards of records: each cell in its one form, or the sentence that says why it is none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils import translation
from django.utils.translation import gettext as _

from paraph.contacts import fields, rules
from paraph.contacts.models import ContactType, CustomField
from paraph.kit.plain import straight
from paraph.kit.search import normalise
from paraph.people.models import Employee

from .columns import FULL_NAME, NOTHING

_ADDRESSED = re.compile(r"[^<>]*<([^<>]+)>")
_SCIENTIFIC = re.compile(r"\d+[.,]?\d*[eE]\+?\d+")
_LENGTHS = {
    **{"last_name": 100, "first_name": 100, "position": 120, "company": 200},
    **{"phone": 100, "email": 400},  # before patterns take long over them
}
_check_email = EmailValidator()


class NotAValue(ValueError):
    """A cell does not say what its column means; the message says what would."""


@dataclass(frozen=True)
class Known:
    """What cells are looked up in: read once for many rows."""

    country: str
    people: Mapping[str, int | None]  # by name and by address; None where two share a name
    types: Mapping[str, str]
    languages: Mapping[str, str]
    further: Mapping[str, CustomField]


@dataclass
class Cleaned:
    """A record as a card, or why it is none."""

    line: int
    card: dict[str, Any] = field(default_factory=dict)  # JSON
    reasons: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """By what people call the row."""
        names = (self.card.get("last_name", ""), self.card.get("first_name", ""))
        return " ".join(filter(None, names)) or str(self.card.get("email", ""))


def known(columns: Sequence[str], *, country: str, further: Mapping[str, CustomField]) -> Known:
    """Read what the cells of a stretch are looked up in, as far as there are such columns."""
    return Known(
        country,
        _people() if "responsible" in columns else {},
        _labels_of_types() if "type" in columns else {},
        _names_of_languages() if "language" in columns else {},
        further,
    )


def cleaned(line: int, cells: Sequence[str], columns: Sequence[str], *, known: Known) -> Cleaned:
    """Return one record's card, with every reason why it cannot be used."""
    row = Cleaned(line)
    for meaning, cell in zip(columns, cells, strict=False):
        text = "\n".join(straight(cell.replace("\0", "")).splitlines()).strip()
        if meaning == NOTHING or not text:
            continue
        try:
            _keep(row.card, meaning, text, known)
        except (NotAValue, rules.NotAPhone, fields.NotAValue) as problem:
            row.reasons.append(_("“%(cell)s”: %(why)s") % {"cell": text[:60], "why": problem})
    missing = [name for name in rules.NAMES if not row.card.get(name)]
    if missing and not row.reasons:
        row.reasons.extend(_missing(missing))
    return row


def _missing(names: Sequence[str]) -> list[str]:
    sentences = {
        "last_name": _("The last name is missing."),
        "first_name": _("The first name is missing."),
    }
    return [sentences[name] for name in names]


def _keep(card: dict[str, Any], meaning: str, text: str, known: Known) -> None:
    if meaning in known.further:
        value = fields.parsed(known.further[meaning], text)
        card.setdefault("custom", {})[meaning] = value
    elif meaning == FULL_NAME:
        card["first_name"], card["last_name"] = divided(text)
    elif clean := _CLEANERS.get(meaning):
        card[meaning] = clean(text, known)
    else:
        card[meaning] = _short_enough(meaning, text)


def divided(text: str) -> tuple[str, str]:
    """Divide a full name into first and last: at a comma, by capitals, or before the last word."""
    last, comma, first = text.partition(",")
    if comma:
        return first.strip(), last.strip()
    words = text.split()
    loud = [word for word in words if len(word) > 1 and word.isupper()]
    if loud and len(loud) < len(words):
        return " ".join(word for word in words if word not in loud), " ".join(loud)
    return " ".join(words[:-1]), words[-1]


def _short_enough(meaning: str, text: str) -> str:
    most = _LENGTHS.get(meaning)
    if most and len(text) > most:
        raise NotAValue(_("This has more than %d letters.") % most)
    return text


def _phone(text: str, known: Known) -> str:
    _short_enough("phone", text)
    if _SCIENTIFIC.fullmatch(text):
        raise NotAValue(
            _("A spreadsheet has shortened this number. Format the column as text and try again.")
        )
    try:
        return rules.e164(text, country=known.country)
    except rules.NotAPhone:
        # Spreadsheets take the plus away from numbers that were exported.
        digits = "".join(filter(str.isdigit, text))
        if text.startswith("+") or len(digits) < 10:
            raise
        return rules.e164(f"+{digits}", country=known.country)


def _email(text: str, known: Known) -> str:
    _short_enough("email", text)
    found = _ADDRESSED.fullmatch(text)
    address = (found[1] if found else text).strip().removeprefix("mailto:")
    try:
        _check_email(address)
    except ValidationError:
        raise NotAValue(_("Write an e-mail address, like ada@example.org.")) from None
    if len(address) > 254:
        raise NotAValue(_("This has more than %d letters.") % 254)
    return address


def _type(text: str, known: Known) -> str:
    return _one_of(text, known.types, shown=ContactType.labels)


def _language(text: str, known: Known) -> str:
    codes = list(dict.fromkeys(known.languages.values()))
    return _one_of(text.partition("-")[0], known.languages, shown=codes)


def _shared(text: str, known: Known) -> bool:
    word = normalise(text)
    if word in fields.YES or word in fields.NO:
        return word in fields.YES
    raise NotAValue(_("Write yes or no."))


def _responsible(text: str, known: Known) -> int:
    key = normalise(text)
    if key not in known.people:
        raise NotAValue(_("Nobody of that name or e-mail address works here."))
    if (person := known.people[key]) is None:
        raise NotAValue(_("Two people of that name work here. Write the e-mail address."))
    return person


_CLEANERS: dict[str, Callable[[str, Known], Any]] = {
    "phone": _phone,
    "email": _email,
    "type": _type,
    "language": _language,
    "shared": _shared,
    "responsible": _responsible,
}


def _one_of(text: str, values: Mapping[str, str], *, shown: Sequence[object]) -> str:
    if (value := values.get(normalise(text))) is None:
        raise NotAValue(_("Choose one of: %s.") % ", ".join(map(str, shown)))
    return value


def _people() -> dict[str, int | None]:
    people: dict[str, int | None] = {}
    for person in Employee.objects.filter(is_active=True):
        for name in (person.name, f"{person.last_name} {person.first_name}"):
            key = normalise(name)
            people[key] = None if people.get(key, person.pk) != person.pk else person.pk
        people[normalise(person.email)] = person.pk
    return people


def _labels_of_types() -> dict[str, str]:
    labels = {value: value for value in ContactType.values}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            labels |= {normalise(str(label)): value for value, label in ContactType.choices}
    return labels


def _names_of_languages() -> dict[str, str]:
    """Return the codes by themselves, by their own names, and by their names in each other."""
    names: dict[str, str] = {}
    for code, own in settings.LANGUAGES:
        names |= {code: code, normalise(own): code}
        for other, _own in settings.LANGUAGES:
            with translation.override(other):
                local = translation.get_language_info(code)["name_translated"]
                names[normalise(local)] = code
    return names
