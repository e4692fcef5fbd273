"""Amounts in words, in English, French and Polish."""

from __future__ import annotations

from decimal import Decimal

from babel import Locale
from babel.numbers import get_currency_name, get_currency_precision

LANGUAGES = ("en", "fr", "pl")
_MILLION = 10**6

# One, other; in Polish one, few, many.
_MAJOR: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "EUR": ("euro", "euros"),
        "PLN": ("zloty", "zlotys"),
        "GBP": ("pound", "pounds"),
        "USD": ("dollar", "dollars"),
        "CHF": ("Swiss franc", "Swiss francs"),
        "CZK": ("Czech koruna", "Czech korunas"),
    },
    "fr": {
        "EUR": ("euro", "euros"),
        "PLN": ("zloty", "zlotys"),
        "GBP": ("livre sterling", "livres sterling"),
        "USD": ("dollar", "dollars"),
        "CHF": ("franc suisse", "francs suisses"),
        "CZK": ("couronne tchèque", "couronnes tchèques"),
    },
    "pl": {
        "EUR": ("euro", "euro", "euro"),
        "PLN": ("złoty", "złote", "złotych"),
        "GBP": ("funt szterling", "funty szterlingi", "funtów szterlingów"),
        "USD": ("dolar", "dolary", "dolarów"),
        "CHF": ("frank szwajcarski", "franki szwajcarskie", "franków szwajcarskich"),
        "CZK": ("korona czeska", "korony czeskie", "koron czeskich"),
    },
}
_CENT = {
    "en": ("cent", "cents"),
    "fr": ("centime", "centimes"),
    "pl": ("cent", "centy", "centów"),
}
_MINOR: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {"EUR": _CENT["en"], "PLN": ("grosz", "groszy"), "GBP": ("penny", "pence")}
    | {"USD": _CENT["en"], "CHF": ("centime", "centimes"), "CZK": ("heller", "hellers")},
    "fr": {"EUR": _CENT["fr"], "PLN": ("grosz", "groszy"), "GBP": ("penny", "pence")}
    | {"USD": ("cent", "cents"), "CHF": _CENT["fr"], "CZK": ("haléř", "haléřů")},
    "pl": {"EUR": _CENT["pl"], "PLN": ("grosz", "grosze", "groszy"), "USD": _CENT["pl"]}
    | {"GBP": ("pens", "pensy", "pensów"), "CHF": ("rapp", "rappy", "rappów")}
    | {"CZK": ("halerz", "halerze", "halerzy")},
}
_AND = {"en": " and ", "fr": " et ", "pl": " "}
_FEMININE = {"fr": ("GBP", "CZK"), "pl": ("CZK",)}
_ENDINGS = {"fr": {"un": "une"}, "pl": {"dwa": "dwie"}}


def number_in_words(number: int, language: str) -> str:
    """Return a whole number in words."""
    from num2words import num2words  # sixty languages: who writes no amount does without

    words: str = num2words(number, lang=_known(language))
    return words


def amount_in_words(amount: Decimal, currency: str, language: str) -> str:
    """Return an amount in words; small coins that have no name of ours are a fraction."""
    language, places = _known(language), get_currency_precision(currency)
    coins = int((abs(amount) * 10**places).to_integral_value())
    whole, rest = divmod(coins, 10**places)
    words = _counted(whole, _major(whole, currency, language), currency, language)
    if rest:
        words += _AND[language] + _coins(rest, currency, language, places)
    minus = {"en": "minus ", "fr": "moins ", "pl": "minus "}[language]
    return (minus if amount < 0 else "") + words


def _counted(number: int, name: str, currency: str, language: str) -> str:
    words = number_in_words(number, language)
    if currency in _FEMININE.get(language, ()):
        words = _feminine(number, words, language)
    # In French it is “un million d’euros”, but “un million cent euros”.
    if language == "fr" and number and number % _MILLION == 0:
        return words + (" d’" if name[0] in "aeiou" else " de ") + name
    return f"{words} {name}"


def _feminine(number: int, words: str, language: str) -> str:
    if language == "pl" and number == 1:
        return "jedna"
    start, space, last = words.rpartition(" ")
    return start + space + _ENDINGS[language].get(last, last)


def _coins(number: int, currency: str, language: str, places: int) -> str:
    forms = _MINOR[language].get(currency)
    if forms is None or places != 2:
        return f"{number:0{places}}/{10**places}"
    return f"{number_in_words(number, language)} {_form(number, forms, language)}"


def _major(number: int, currency: str, language: str) -> str:
    if forms := _MAJOR[language].get(currency):
        return _form(number, forms, language)
    return get_currency_name(currency, number, Locale(language))


def _form(number: int, forms: tuple[str, ...], language: str) -> str:
    if language != "pl":
        return forms[0] if number == 1 or (language == "fr" and number == 0) else forms[1]
    kind = Locale("pl").plural_form(number)
    return forms[("one", "few").index(kind) if kind in ("one", "few") else 2]


def _known(language: str) -> str:
    return language if language in LANGUAGES else "en"
