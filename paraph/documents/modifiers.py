"""How a value is written: in which language, and what the words after ``|`` make of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import (
    format_currency,
    format_decimal,
    format_percent,
    get_currency_precision,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .spelling import amount_in_words, number_in_words
from .values import Amount, Lines, Percent, PersonName, Value, is_missing

Change = Callable[[Value, str, str], Value]
DATES = ("short", "medium", "long", "full")


@dataclass(frozen=True)
class Modifier:
    """What a word after ``|`` does, shown with an example."""

    label: Promise
    example: str
    change: Change


def locale_of(language: str) -> Locale:
    """Return how a language writes numbers and dates; English where nobody told us."""
    try:
        return Locale.parse(language or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def written(value: Value, language: str) -> str:
    """Return a value as the language writes it when nothing more is asked."""
    locale = locale_of(language)
    match value:
        case Decimal():
            return format_decimal(value.normalize(), "#,##0.####", locale)
        case date():
            return format_date(value, "long", locale)
        case Amount(amount, currency):
            return _money(amount, currency, locale)
        case Percent(rate):
            return format_percent(rate / 100, _percent_pattern(locale), locale)
        case PersonName(first, last):
            return f"{first} {last}".strip()
        case Lines(lines):
            return "\n".join(lines)
    return value or ""


def _money(amount: Decimal, currency: str, locale: Locale) -> str:
    """Write a sum in whole smallest coins, and a unit price with all its places."""
    places = -int(amount.normalize().as_tuple().exponent)
    if places <= get_currency_precision(currency):
        return format_currency(amount, currency, locale=locale).replace("£GB", "£")
    pattern = locale.currency_formats["standard"].pattern.replace(".00", ".00##")
    shown = format_currency(amount, currency, pattern, locale, currency_digits=False)
    return shown.replace("£GB", "£")


def _percent_pattern(locale: Locale) -> str:
    pattern: str = locale.percent_formats[None].pattern
    return pattern.replace("#,##0", "#,##0.##")


def _text(change: Callable[[str], str]) -> Change:
    return lambda value, _argument, language: change(written(value, language))


def _title(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _person(change: Callable[[PersonName], str]) -> Change:
    def changed(value: Value, _argument: str, language: str) -> Value:
        name = value if isinstance(value, PersonName) else None
        if name is None and (text := written(value, language)):
            name = PersonName.typed(text)
        return change(name) if name else ""

    return changed


def _initials(name: PersonName) -> str:
    """Write ``J.-P. Dupont`` for Jean-Pierre, ``J. A. Dupont`` for Jean Antoine."""
    parts = (
        "-".join(f"{part[0].upper()}." for part in word.split("-") if part)
        for word in name.first.split()
    )
    return f"{' '.join(parts)} {name.last}".strip()


def _date(value: Value, argument: str, language: str) -> Value:
    if not isinstance(value, date):
        return value
    pattern = argument if argument in DATES else argument[:40] or "long"
    if argument == "iso":
        return value.isoformat()
    try:
        return format_date(value, pattern, locale_of(language))
    except (AttributeError, ValueError):  # letters of an hour, or of nothing at all
        return format_date(value, "long", locale_of(language))


def _plus(value: Value, argument: str, _language: str) -> Value:
    days = argument.strip()
    if not isinstance(value, date) or not (days.isascii() and days.isdigit() and len(days) < 5):
        return value
    return value + timedelta(days=int(days))


def _words(value: Value, _argument: str, language: str) -> Value:
    match value:
        case Amount(amount, currency):
            return amount_in_words(amount, currency, language)
        case Decimal():
            return number_in_words(int(value), language)
    return value


def _bare(value: Value, _argument: str, language: str) -> Value:
    if not isinstance(value, Amount):
        return value
    return format_currency(value.amount, value.currency, "#,##0.00", locale_of(language)).strip()


def _whole(value: Value, _argument: str, language: str) -> Value:
    if not isinstance(value, Amount):
        return value
    locale = locale_of(language)
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    shown = format_currency(value.amount, value.currency, pattern, locale, currency_digits=False)
    return shown.replace("£GB", "£")


def _number(value: Value, argument: str, language: str) -> Value:
    number = value.amount if isinstance(value, Amount) else value
    if not isinstance(number, Decimal):
        return value
    places = min(int(argument), 6) if argument.isascii() and argument.isdigit() else 2
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(number, pattern, locale_of(language))


def _one_line(value: Value, _argument: str, language: str) -> Value:
    return ", ".join(
        line.strip() for line in written(value, language).splitlines() if line.strip()
    )


def _lines(value: Value, _argument: str, language: str) -> Value:
    if isinstance(value, Lines):
        return value
    return "\n".join(part.strip() for part in written(value, language).split(","))


def _default(value: Value, argument: str, _language: str) -> Value:
    return argument if is_missing(value) else value


MODIFIERS: Mapping[str, Modifier] = {
    "upper": Modifier(_("in capitals"), "{company.name|upper}", _text(str.upper)),
    "lower": Modifier(_("in small letters"), "{company.city|lower}", _text(str.lower)),
    "title": Modifier(_("each word with a capital"), "{deal.title|title}", _text(_title)),
    "sentence": Modifier(
        _("the first letter a capital"), "{totals.gross|words|sentence}", _text(_sentence)
    ),
    "full": Modifier(
        _("first and last name"),
        "{contact.name|full}",
        _person(lambda name: f"{name.first} {name.last}".strip()),
    ),
    "initials": Modifier(_("J. Dupont"), "{contact.name|initials}", _person(_initials)),
    "last-first": Modifier(
        _("last name first"),
        "{contact.name|last-first}",
        _person(lambda name: f"{name.last} {name.first}".strip()),
    ),
    "date": Modifier(
        _("a date as: short, medium, long, full, iso, or letters"),
        "{today|date:dd.MM.yyyy}",
        _date,
    ),
    "plus": Modifier(_("so many days later"), "{today|plus:30}", _plus),
    "money": Modifier(
        _("with its currency"),
        "{deal.amount|money}",
        lambda value, _argument, language: written(value, language),
    ),
    "amount": Modifier(_("without its currency"), "{deal.amount|amount}", _bare),
    "whole": Modifier(_("without cents"), "{deal.amount|whole}", _whole),
    "words": Modifier(_("in words"), "{totals.gross|words}", _words),
    "number": Modifier(_("with so many decimals"), "{rows.quantity|number:2}", _number),
    "one-line": Modifier(_("an address in one line"), "{company.address|one-line}", _one_line),
    "lines": Modifier(_("an address in several lines"), "{company.address|lines}", _lines),
    "default": Modifier(
        _("what stands there when it is empty"), "{contact.position|default:Director}", _default
    ),
}


def changed(value: Value, steps: tuple[tuple[str, str], ...], language: str) -> str:
    """Return the value after each modifier (name and argument) in turn, written."""
    for name, argument in steps:
        value = MODIFIERS[name].change(value, argument, language)
    return written(value, language)
