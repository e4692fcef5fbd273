"""What must be true of a contact, and how phone numbers are read and written."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import fields
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from django.utils.translation import gettext as _

from .cards import ContactCard

if TYPE_CHECKING:
    from .models import Contact

NAMES = ("last_name", "first_name")
NEEDED = (*NAMES, "phone", "email")
WRITTEN = tuple(field.name for field in fields(ContactCard) if field.name != "custom")
"""What a card says in columns of its own; the further fields are in one."""

_GROUPED = re.compile(r"(?=.*[+\s().])\+?(?:[\s().-]*\d){4,20}[\s().-]*")


class NotAPhone(ValueError):
    """What was typed is not a phone number; the message says what to write instead."""


def e164(typed: str, *, country: str = "FR", also: Iterable[str] = ()) -> str:
    """Return the number as E.164 (``+33612345678``), however people type it.

    A number without country code is read as one of ``country``, or of the countries ``also``
    given where it is written as at home there and not in ``country``. Empty stays empty.
    """
    if not typed.strip():
        return ""
    try:
        readings = [phonenumbers.parse(typed, each) for each in (country, *also)]
        number = next((it for it in readings if _is_as_at_home(it, typed)), readings[0])
    except phonenumbers.NumberParseException:
        raise NotAPhone(_("Write a phone number, like +33 6 12 34 56 78.")) from None
    if not phonenumbers.is_possible_number(number):
        raise NotAPhone(
            _("This number has too few or too many digits. Write it like +33 6 12 34 56 78.")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_as_at_home(number: phonenumbers.PhoneNumber, typed: str) -> bool:
    """Tell whether somebody there would dial it so: ``601 202 303`` in Poland, not in France."""
    if not phonenumbers.is_valid_number(number):
        return False
    at_home = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return _digits(at_home) == _digits(typed)


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


@lru_cache(maxsize=10_000)
def readable_phone(number: str) -> str:
    """Return an E.164 number grouped the way its country writes it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def ways_to_write(number: str) -> list[str]:
    """Return an E.164 number as people look for it: grouped, and as it is dialled at home."""
    try:
        parsed = _parsed(number)
    except phonenumbers.NumberParseException:
        return [number]
    ways = phonenumbers.PhoneNumberFormat
    at_home = phonenumbers.format_number(parsed, ways.NATIONAL)
    return [
        phonenumbers.format_number(parsed, ways.INTERNATIONAL),
        _digits(at_home),
    ]


def _parsed(number: str) -> phonenumbers.PhoneNumber:
    """Take an E.164 number apart: quicker than reading what people type."""
    for length in (1, 2, 3):
        code, rest = number[1 : 1 + length], number[1 + length :]
        if not (number.startswith("+") and code.isdecimal() and rest.isdecimal()):
            break
        if int(code) in phonenumbers.COUNTRY_CODE_TO_REGION_CODE and rest[0] != "0":
            return phonenumbers.PhoneNumber(country_code=int(code), national_number=int(rest))
    return phonenumbers.parse(number)


def looks_like_a_phone(text: str) -> bool:
    """Tell whether somebody types digits in groups, so that the gaps mean nothing."""
    return bool(_GROUPED.fullmatch(text.strip()))


def obstacles_to_saving(card: ContactCard, *, needed: Collection[str]) -> list[str]:
    """Say everything that is missing before the contact can be kept."""
    missing = {
        "last_name": _("Write the last name."),
        "first_name": _("Write the first name."),
        "phone": _("Write the phone number: the link to sign is sent there."),
        "email": _("Write the e-mail address: the signed document is sent there."),
    }
    return [
        sentence
        for field, sentence in missing.items()
        if field in needed and not getattr(card, field).strip()
    ]


def needed_of(contact: Contact) -> set[str]:
    """Return what a contact may not lose: its names, and phone and e-mail where it has them."""
    return {*NAMES, *(field for field in ("phone", "email") if getattr(contact, field))}


def changes(before: object, after: object, *, fields: Iterable[str]) -> dict[str, list[str]]:
    """Return what differs between two objects, as ``{field: [before, after]}`` in plain text."""
    pairs = {field: [text(before, field), text(after, field)] for field in fields}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def text(thing: object, field: str) -> str:
    value = getattr(thing, field)
    return "" if value is None else str(value)
