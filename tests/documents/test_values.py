"""Tests of what placeholders say: modifiers, amounts in words, what was probably meant."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from paraph.documents.catalogue import catalogue
from paraph.documents.expressions import oddity_in, parsed
from paraph.documents.modifiers import MODIFIERS, changed
from paraph.documents.spelling import amount_in_words
from paraph.documents.values import Amount, Lines, Percent, PersonName, Value

DAY = date(2026, 3, 5)
SUM = Amount(Decimal("1234.5"), "EUR")
JEAN = PersonName("Jean-Pierre", "de la Tour")
PLACE = Lines(("12 rue des Lilas", "69003 Lyon"))


@pytest.mark.parametrize(
    ("value", "modifiers", "language", "text"),
    [
        (DAY, "", "fr", "5 mars 2026"),
        (DAY, "|date:dd.MM.yyyy", "en", "05.03.2026"),
        (DAY, "|date:full", "pl", "czwartek, 5 marca 2026"),
        (DAY, "|date:iso", "en", "2026-03-05"),
        (DAY, "|date:HH:mm", "en", "March 5, 2026"),  # a day has no hour
        (DAY, "|plus:30|date:short", "fr", "04/04/2026"),
        (SUM, "", "en", "€1,234.50"),
        (SUM, "|money", "fr", "1\u202f234,50\xa0€"),
        (SUM, "|amount", "pl", "1\xa0234,50"),
        (SUM, "|whole", "en", "€1,234"),
        (SUM, "|number:0", "en", "1,234"),
        (
            SUM,
            "|words|sentence",
            "fr",
            "Mille deux cent trente-quatre euros et cinquante centimes",
        ),
        (Amount(Decimal("0.0125"), "EUR"), "", "en", "€0.0125"),
        (Decimal("2.500"), "", "fr", "2,5"),
        (Decimal(3), "|words", "pl", "trzy"),
        (Percent(Decimal("5.5")), "", "fr", "5,5\xa0%"),
        (JEAN, "", "en", "Jean-Pierre de la Tour"),
        (JEAN, "|full|upper", "en", "JEAN-PIERRE DE LA TOUR"),
        (JEAN, "|initials", "en", "J.-P. de la Tour"),
        (JEAN, "|last-first", "en", "de la Tour Jean-Pierre"),
        ("Erin Typed", "|initials", "en", "E. Typed"),
        (PLACE, "|one-line", "en", "12 rue des Lilas, 69003 Lyon"),
        (PLACE, "|lines", "en", "12 rue des Lilas\n69003 Lyon"),
        ("a hotel’s LOBBY", "|title", "en", "A Hotel’s LOBBY"),
        ("LYON", "|lower", "en", "lyon"),
        (None, "|default:as agreed", "en", "as agreed"),
        ("", "", "en", ""),
    ],
)
def test_a_value_is_written_as_its_modifiers_say(
    value: Value, modifiers: str, language: str, text: str
) -> None:
    assert changed(value, parsed("x" + modifiers).steps, language) == text


def test_every_modifier_has_an_example_that_is_right() -> None:
    for modifier in MODIFIERS.values():
        assert oddity_in(modifier.example.strip("{}"), catalogue()) is None


@pytest.mark.parametrize(
    ("amount", "currency", "language", "words"),
    [
        ("1", "EUR", "en", "one euro"),
        ("21.01", "GBP", "en", "twenty-one pounds and one penny"),
        ("0.99", "USD", "en", "zero dollars and ninety-nine cents"),
        ("80", "EUR", "fr", "quatre-vingts euros"),
        ("1000000", "EUR", "fr", "un million d’euros"),
        ("2000000", "PLN", "fr", "deux millions de zlotys"),
        ("21", "GBP", "fr", "vingt et une livres sterling"),
        ("1.02", "PLN", "pl", "jeden złoty dwa grosze"),
        ("22", "PLN", "pl", "dwadzieścia dwa złote"),
        ("112.05", "PLN", "pl", "sto dwanaście złotych pięć groszy"),
        ("2", "CZK", "pl", "dwie korony czeskie"),
        ("12.500", "KWD", "en", "twelve Kuwaiti dinars and 500/1000"),
        ("7", "JPY", "fr", "sept yens japonais"),
        ("-3", "EUR", "en", "minus three euros"),
    ],
)
def test_an_amount_is_spelled_as_the_language_does(
    amount: str, currency: str, language: str, words: str
) -> None:
    assert amount_in_words(Decimal(amount), currency, language) == words


@pytest.mark.parametrize(
    ("written", "code", "meant"),
    [
        ("contct.name", "unknown-field", "contact.name"),
        ("total.gross|words", "unknown-field", "totals.gross"),
        ("contact.name|uper", "unknown-modifier", "upper"),
        ("image:stmp", "unknown-image", "image:stamp"),
        ("qr:numbr", "unknown-field", "qr:number"),
    ],
)
def test_a_mistake_is_met_with_what_was_meant(written: str, code: str, meant: str) -> None:
    odd = oddity_in(written, catalogue())

    assert odd is not None
    assert odd.code == code
    assert odd.meant == meant


def test_questions_of_the_template_and_pictures_are_known() -> None:
    for written in ("ask:Place of delivery|upper", "image:logo|width:30", "qr:payment"):
        assert oddity_in(written, catalogue()) is None
