"""What must be true of a contact, and which contacts are likely the same person."""

from collections.abc import Iterable

import phonenumbers
from django.utils.translation import gettext as _


class NotAPhone(ValueError):
    """What was typed is not a phone number; the message says what to write instead."""


def e164(typed: str, *, country: str = "FR") -> str:
    """Return the number as E.164 (``+33612345678``), however people type it.

    A number without country code is read as one of ``country``. Empty stays empty.
    """
    if not typed.strip():
        return ""
    try:
        number = phonenumbers.parse(typed, country)
    except phonenumbers.NumberParseException:
        raise NotAPhone(_("Write a phone number, like +33 6 12 34 56 78.")) from None
    if not phonenumbers.is_possible_number(number):
        raise NotAPhone(
            _("This number has too few or too many digits. Write it like +33 6 12 34 56 78.")
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def readable_phone(number: str) -> str:
    """Return an E.164 number grouped the way its country writes it."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def obstacles_to_saving(*, last_name: str, first_name: str, phone: str, email: str) -> list[str]:
    """Say everything that is missing before the contact can be kept."""
    missing = {
        _("Write the last name."): last_name,
        _("Write the first name."): first_name,
        _("Write the phone number: the link to sign is sent there."): phone,
        _("Write the e-mail address: the signed document is sent there."): email,
    }
    return [sentence for sentence, value in missing.items() if not value.strip()]


def changes(before: object, after: object, *, fields: Iterable[str]) -> dict[str, list[str]]:
    """Return what differs between two objects, as ``{field: [before, after]}`` in plain text."""
    pairs = {field: [_text(before, field), _text(after, field)] for field in fields}
    return {field: pair for field, pair in pairs.items() if pair[0] != pair[1]}


def _text(thing: object, field: str) -> str:
    value = getattr(thing, field)
    return "" if value is None else str(value)
