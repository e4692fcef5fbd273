"""The list of client companies: its columns, its filters, its orders."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from paraph.kit.filters import Filter, OneOf, Period
from paraph.kit.listing import Column, Listing
from paraph.people.choices import everybody_here

from . import requisites
from .models import Company

NAME = "companies"
COUNTRIES = {
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "CH": _("Switzerland"),
    "CZ": _("Czechia"),
    "DE": _("Germany"),
    "ES": _("Spain"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "IE": _("Ireland"),
    "IT": _("Italy"),
    "LU": _("Luxembourg"),
    "NL": _("Netherlands"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "US": _("United States"),
}


def company_listing() -> Listing[Company]:
    """Return the list, by name."""
    return Listing(NAME, [*_columns()], [*_filters()])


def country_choices() -> list[tuple[str, str]]:
    """Return the countries by their names in the reader's language."""
    return sorted(((code, str(name)) for code, name in COUNTRIES.items()), key=lambda it: it[1])


def tax_number(company: Company) -> str:
    """Return a company's tax number in the groups in which people read it."""
    return requisites.of_country(company.country).tax_number.grouped(company.tax_number)


def _columns() -> Iterator[Column[Company]]:
    yield Column("name", _("Name"), lambda it: it.name, sort="sort_key")
    yield Column("tax_number", _("Tax number"), tax_number)
    yield Column("city", _("City"), lambda it: it.city)
    yield Column("country", _("Country"), _country)
    yield Column(
        "responsible",
        _("Responsible"),
        lambda it: it.responsible.name,
        needs=("responsible",),
    )
    yield Column("phone", _("Phone"), lambda it: it.phone)
    yield Column("email", _("E-mail"), lambda it: it.email, is_default=False)
    yield Column("legal_name", _("Legal name"), lambda it: it.legal_name, is_default=False)
    yield Column("website", _("Website"), lambda it: it.website, is_default=False)
    yield Column(
        "created", _("Created"), lambda it: it.created_at, sort="created_at", is_default=False
    )


def _filters() -> Iterator[Filter]:
    yield OneOf("country", _("Country"), "country", lambda _person: country_choices())
    yield OneOf("responsible", _("Responsible"), "responsible", everybody_here)
    yield Period("created", _("Created"), "created_at")


def _country(company: Company) -> str:
    return str(COUNTRIES.get(company.country, company.country))
