"""Requisites: each country's numbers are checked, stored bare and shown in groups."""

from typing import Any

import pytest

from paraph.contacts import requisites
from paraph.contacts.actions.companies import create_company, delete_company, edit_company
from paraph.contacts.cards import Requisites
from paraph.contacts.company_queries import companies_like
from paraph.contacts.models import Company
from paraph.journal import timeline
from tests.cast import Cast
from tests.moments import NOON

GOOD = [
    ("FR", "tax_number", "fr 83 404833048", "FR83404833048", "FR 83 404 833 048"),
    ("FR", "registration_number", "404.833.048", "404833048", "404 833 048"),
    ("FR", "siret", "404 833 048 00022", "40483304800022", "404 833 048 00022"),
    ("PL", "tax_number", "PL 526-025-09-95", "5260250995", "526-025-09-95"),
    ("PL", "regon", "123456785", "123456785", "123456785"),
    ("PL", "registration_number", "0000 127206", "0000127206", "0000127206"),
    ("DE", "tax_number", "de136695976", "DE136695976", "DE 136 695 976"),
    ("GB", "tax_number", "GB 980-7806-84", "GB980780684", "GB 980 7806 84"),
    ("GB", "registration_number", "sc 123456", "SC123456", "SC123456"),
]
BAD = [
    ("FR", "tax_number", "FR84404833048", "One digit of this number is wrong"),
    ("FR", "registration_number", "404833049", "One digit of this number is wrong"),
    ("FR", "tax_number", "FR8340483304", "too few or too many digits"),
    ("PL", "tax_number", "526-025-09-96", "One digit of this number is wrong"),
    ("PL", "registration_number", "127206", "Write it like 0000127206."),
    ("DE", "tax_number", "DE136695977", "One digit of this number is wrong"),
    ("GB", "tax_number", "GB980780685", "One digit of this number is wrong"),
    ("GB", "registration_number", "12", "Write it like 01234567."),
    ("US", "tax_number", "nobody", "Write it like 91-1144442."),
]


def _number(country: str, name: str) -> requisites.Number:
    return next(it for it in requisites.of_country(country).numbers if it.name == name)


@pytest.mark.parametrize(("country", "name", "typed", "stored", "shown"), GOOD)
def test_a_right_number_is_stored_bare_and_shown_in_groups(
    country: str, name: str, typed: str, stored: str, shown: str
) -> None:
    number = _number(country, name)

    assert number.problem_with(typed) == ""
    assert number.normalised(typed) == stored
    assert number.grouped(stored) == shown


@pytest.mark.parametrize(("country", "name", "typed", "words"), BAD)
def test_a_wrong_number_is_explained_and_kept_as_typed(
    country: str, name: str, typed: str, words: str
) -> None:
    number = _number(country, name)

    assert words in number.problem_with(typed)
    assert number.normalised(typed) == typed == number.grouped(typed)


def test_every_example_passes_its_own_check() -> None:
    numbers = [it for country in requisites.COUNTRIES.values() for it in country.numbers]

    assert [it.example for it in numbers if it.problem_with(it.example)] == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("FR76 3000 6000 0112 3456 7890 188", "typing mistake"),
        ("FR76 3000 6000", "This is no IBAN"),
        ("3000 6000 0112 3456 7890 188", "This is no IBAN"),
        ("ZZ76 3000 6000 0112 3456 7890 188", "typing mistake"),
    ],
)
def test_a_wrong_account_is_explained(typed: str, words: str) -> None:
    assert words in requisites.problem_with_iban(typed)


def test_a_bank_belongs_to_the_country_of_its_account() -> None:
    iban = "FR7630006000011234567890189"

    assert requisites.problem_with_bic("AGRIFRPP", iban=iban) == ""
    assert requisites.problem_with_bic("BMONMCMX", iban=iban) == ""
    assert "(DE)" in requisites.problem_with_bic("DEUTDEFF", iban=iban)
    assert "8 or 11" in requisites.problem_with_bic("AGRI")


def test_numbers_of_two_companies_contradict_each_other() -> None:
    values = {"tax_number": "FR83404833048", "registration_number": "552100554"}

    assert requisites.doubts("FR", values) == {
        "tax_number": "This VAT number belongs to another SIREN."
    }


@pytest.mark.parametrize(
    ("country", "lines"),
    [
        ("FR", ["1 Long Road", "E1 6AN London"]),
        ("GB", ["1 Long Road", "London", "E1 6AN"]),
        ("US", ["1 Long Road", "London E1 6AN"]),
    ],
)
def test_an_address_is_written_as_its_country_does(country: str, lines: list[str]) -> None:
    written = requisites.address_lines(
        country, street="1 Long Road", postcode="E1 6AN", city="London"
    )

    assert written == lines


def _company(cast: Cast, **values: Any) -> Company:
    card = Requisites("Zephyr", **values)
    return create_company(
        card, is_ours=False, responsible=cast.alice, by=cast.alice.actor, at=NOON
    )


def test_old_numbers_that_do_not_check_are_kept_and_marked(cast: Cast) -> None:
    company = _company(cast, country="PL", tax_number="526 000 00 00", further={"regon": "1"})

    assert company.tax_number == "526 000 00 00"
    assert sorted(company.doubts) == ["regon", "tax_number"]


def test_a_change_of_a_further_number_is_told(cast: Cast) -> None:
    company = _company(cast, further={"siret": "404 833 048 00022"})
    card = Requisites("Zephyr", further={"rcs": "RCS Lyon"})

    edit_company(company, card, by=cast.alice.actor, at=NOON)

    edited = timeline(subject="company", object_id=company.pk).get(event="company.edited")
    assert edited.facts["changes"] == {"siret": ["40483304800022", ""], "rcs": ["", "RCS Lyon"]}


def test_a_company_is_found_by_the_digits_of_its_numbers(cast: Cast) -> None:
    company = _company(cast, tax_number="FR 83 404 833 048", further={"rcs": "Grenoble B"})

    for text in ("404833048", "fr834", "grenoble"):
        assert list(Company.objects.matching(text)) == [company]


def test_the_same_company_is_seen_by_number_and_by_name(cast: Cast) -> None:
    company = _company(cast, tax_number="FR83404833048")

    by_number = companies_like(cast.alice, name="Else", tax_number="FR83404833048")
    by_name = companies_like(cast.alice, name="ZEPHYR", tax_number="")

    assert by_number == by_name == [company]
    assert companies_like(cast.mallory, name="Zephyr", tax_number="") == []


def test_a_company_without_deals_can_go(cast: Cast) -> None:
    company = _company(cast)

    delete_company(company, by=cast.alice.actor, at=NOON)

    assert not Company.objects.filter(name="Zephyr").exists()
