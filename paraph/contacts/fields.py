"""The further fields of contacts: which there are, how a value is read, kept and shown."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from paraph.kit.prepared import Prepared
from paraph.kit.search import TRIGRAM, normalise

from .cards import CustomValue
from .models import CustomField, FieldKind

YES = frozenset({"1", "yes", "y", "true", "x", "on", "oui", "o", "vrai", "tak", "t", "prawda"})
NO = frozenset({"0", "no", "n", "false", "off", "non", "faux", "nie", "falsz"})

MOST_DIGITS = 18
"""A number has so many digits before its point, and begins as soon after it."""


class NotAValue(ValueError):
    """What was typed does not fit the field; the message says what would."""


def custom_fields() -> Sequence[CustomField]:
    """Return the further fields that contacts have now, in their order; one cheap query."""
    return _FIELDS()


_FIELDS = Prepared(lambda: CustomField.objects.in_use())


def parsed(field: CustomField, typed: str) -> CustomValue | None:
    """Return what somebody (or a file) wrote, in the one form that is kept; nothing for empty."""
    typed = typed.strip()
    if not typed:
        return None
    match FieldKind(field.kind):
        case FieldKind.NUMBER:
            return _number(typed)
        case FieldKind.DATE:
            return _day(typed)
        case FieldKind.YES_NO:
            return _truth(typed)
        case FieldKind.CHOICE:
            return _chosen(field, typed)
        case FieldKind.LINK:
            return _link(typed)
        case _:
            return typed[:2000]


def shown(field: CustomField, value: CustomValue | None) -> str:
    """Return a value as a reader of the page writes it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if field.kind == FieldKind.NUMBER:
        return formats.number_format(Decimal(value), use_l10n=True, force_grouping=True)
    if field.kind == FieldKind.DATE:
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    return value


def plain(value: CustomValue | None) -> str:
    """Return a value as files write it: the same in every language, and read back unchanged."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value or ""


def holding(field: CustomField, values: Sequence[CustomValue]) -> Q:
    """Return the condition that a contact has one of the values; text is looked up by index."""
    found = Q()
    for value in values:
        one = Q(**{f"custom__{field.key}": value})
        words = normalise(value) if isinstance(value, str) else ""
        found |= one & Q(search_text__substr=words) if len(words) >= TRIGRAM else one
    return found


def changes(
    before: Mapping[str, CustomValue], after: Mapping[str, CustomValue]
) -> dict[str, list[str]]:
    """Return what differs between two sets of values, by the labels of their fields."""
    keys = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if not keys:
        return {}
    labels = {field.key: field.label for field in CustomField.objects.all()}
    return {labels.get(key, key): [plain(before.get(key)), plain(after.get(key))] for key in keys}


def _number(typed: str) -> str:
    plain = "".join(typed.split()).replace("’", "").replace("'", "")
    if "," in plain and "." in plain:
        thousands = "," if plain.rindex(",") < plain.rindex(".") else "."
        plain = plain.replace(thousands, "")
    try:
        number = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        raise NotAValue(_("Write a number, like 1250 or 12.5.")) from None
    # Before any arithmetic: of 1e999999999 even the sign costs an overflow.
    if not number.is_finite() or not -MOST_DIGITS <= number.adjusted() < MOST_DIGITS:
        raise NotAValue(_("Write a number, like 1250 or 12.5."))
    return format(number.normalize(), "f")


def _day(typed: str) -> str:
    try:
        return date.fromisoformat(typed).isoformat()
    except ValueError:
        raise NotAValue(_("Write a day, like 2026-03-31.")) from None


def _truth(typed: str) -> bool:
    word = normalise(typed)
    if word in YES or word in NO:
        return word in YES
    raise NotAValue(_("Write yes or no."))


def _chosen(field: CustomField, typed: str) -> str:
    known = {normalise(choice): choice for choice in field.choices}
    if (word := normalise(typed)) not in known:
        raise NotAValue(_("Choose one of: %s.") % ", ".join(field.choices))
    return str(known[word])


def _link(typed: str) -> str:
    address = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or "." not in parts.netloc or " " in address:
        raise NotAValue(_("Write an address, like https://example.org."))
    return address[:2000]
