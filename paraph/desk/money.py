"""How the desk writes money, and reads it, in the language of whoever looks."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_name,
    get_currency_symbol,
)
from django.utils.formats import get_format
from django.utils.translation import get_language

from paraph.sales.rules import CURRENCIES

# The currencies offered first: those of the countries whose requisites are checked.
COMMON = ("EUR", "PLN", "GBP", "USD", "CHF", "CZK")

OWN_SIGNS = {"GBP": "£"}
"""Signs that nobody takes for another currency's, where a language adds letters to them."""

MOST_DIGITS = 40
"""Nobody types more: ``1e999999999`` is short, and no arithmetic with it is."""


class NotANumber(ValueError):
    """What was typed is not a number."""


def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency as the reader's language writes it."""
    return "" if amount is None else _money(amount, currency, get_language() or "en")


@lru_cache(4_000)
def _money(amount: Decimal, currency: str, _language: str) -> str:
    if not currency:
        return format_decimal(amount, locale=_locale())
    return _spaced(format_currency(amount, currency, locale=_locale()), currency)


def whole_money(amount: Decimal, currency: str) -> str:
    """Return an amount without the places after the point where there is little room."""
    locale = _locale()
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    shown = format_currency(amount, currency, pattern, locale, currency_digits=False)
    return _spaced(shown, currency)


def plain_number(value: Decimal | None, *, cents: bool = False) -> str:
    """Return a number as the reader's language writes it, without zeros that say nothing.

    ``cents`` keeps two places, as prices are written.
    """
    if value is None:
        return ""
    pattern = "#,##0.00##" if cents else "#,##0.####"
    return format_decimal(value.normalize(), pattern, _locale(), decimal_quantization=False)


def number_typed(text: str) -> Decimal:
    """Read a number however it is typed: ``1 234,50``, ``1,234.50`` and ``1234.5`` are the same.

    A single comma before three digits separates thousands where the reader's language
    does so, and is a decimal comma everywhere else.
    """
    digits = re.sub(r"[\s\u00a0\u202f'’]", "", text)
    points, commas = digits.count("."), digits.count(",")
    if points and commas:
        decimal = max(".", ",", key=digits.rindex)
    elif points + commas == 1:
        decimal = _mark(digits)
    else:
        decimal = ""
    marks = {".", ","} - {decimal}
    digits = "".join(letter for letter in digits if letter not in marks)
    try:
        number = Decimal(digits.replace(decimal, ".") if decimal else digits)
    except InvalidOperation:
        raise NotANumber(text) from None
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        raise NotANumber(text)
    return number


def currency_choices() -> list[tuple[str, str]]:
    """Return every currency in use as (code, ``EUR · Euro``), the common ones first."""
    locale = _locale()
    codes = (*COMMON, *sorted(CURRENCIES - set(COMMON)))
    return [(code, f"{code} · {get_currency_name(code, locale=locale)}") for code in codes]


def _mark(digits: str) -> str:
    """Return the one mark in a number if it stands before decimals, not between thousands."""
    mark = "." if "." in digits else ","
    is_group = mark == get_format("THOUSAND_SEPARATOR") and re.fullmatch(
        r"-?[1-9]\d{0,2}.\d{3}", digits
    )
    return "" if is_group else mark


def _spaced(shown: str, currency: str) -> str:
    """Keep a currency that is written in letters apart from its number, and signs bare."""
    if sign := OWN_SIGNS.get(currency):
        shown = shown.replace(get_currency_symbol(currency, _locale()), sign)
    return re.sub(rf"^(-?)({currency})(?=\d)", "\\1\\2\u00a0", shown)


def _locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
