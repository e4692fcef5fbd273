"""Reads from the rows what placeholders stand for: a deal, its client, our company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from django.conf import settings

from paraph.contacts import fields, requisites
from paraph.contacts.models import Company, Contact, CustomField
from paraph.contacts.rules import readable_phone
from paraph.people.models import Employee, Installation
from paraph.sales.choices import ProductLine
from paraph.sales.models import Deal

from .catalogue import Placeholder, with_custom
from .figures import Figures, Row, figures_of
from .modifiers import locale_of
from .values import Amount, Lines, Percent, PersonName, Value

DAYS_TO_PAY = 14


@dataclass(frozen=True)
class Known:
    """What is known when a document is made of a deal: values by name, and the figures."""

    language: str
    values: Mapping[str, Value]
    figures: Figures
    rows: list[dict[str, Value]]
    tax_rows: list[dict[str, Value]]
    company: Company | None
    client: Company | None = None


def language_for(deal: Deal) -> str:
    """Return the language of whoever receives the document."""
    return deal.contact.language if deal.contact else Installation.here().language


def known_names() -> dict[str, Placeholder]:
    """Return the catalogue with the further fields of this installation's contacts."""
    return with_custom([(field.key, field.label) for field in fields.custom_fields()])


def gathered(deal: Deal, *, on: date, language: str, number: str) -> Known:
    """Read everything that a document of the deal may name, on that day."""
    custom, locale = fields.custom_fields(), locale_of(language)
    figures = figures_of(_lines(deal), deal.currency)
    ours = seller_of(deal)
    client = deal.client or (deal.contact.company if deal.contact else None)
    values: dict[str, Value] = {"number": number, "today": on}
    values["due"] = on + timedelta(days=DAYS_TO_PAY)
    values |= _deal(deal, figures) | _totals(figures)
    values |= _contact(deal.contact, custom) | _employee(deal.responsible)
    values |= _company(client, "company", locale) | _company(ours, "my", locale) | _director(ours)
    rows = [_row(row, figures) for row in figures.rows]
    taxes = figures.taxes if any(tax.rate for tax in figures.taxes) else []
    tax_rows: list[dict[str, Value]] = [
        {
            "tax_rows.rate": Percent(tax.rate),
            "tax_rows.base": figures.money(tax.base),
            "tax_rows.amount": figures.money(tax.amount),
        }
        for tax in taxes
    ]
    return Known(language, values, figures, rows, tax_rows, ours, client)


def seller_of(deal: Deal) -> Company | None:
    """Return the company that sells; the first of ours where the deal names none."""
    return deal.company or Company.objects.ours().order_by("created_at", "pk").first()


def _lines(deal: Deal) -> list[ProductLine]:
    """Return the product rows; a deal without any is sold as a whole."""
    rows = [
        ProductLine(row.name, row.quantity, row.price, row.unit, row.discount, row.tax_rate)
        for row in deal.rows.all()
    ]
    return rows or ([ProductLine(deal.title, price=deal.amount)] if deal.amount else [])


def _row(row: Row, figures: Figures) -> dict[str, Value]:
    return {
        "rows.number": Decimal(row.number),
        "rows.name": row.name,
        "rows.quantity": row.quantity,
        "rows.unit": row.unit,
        "rows.price": figures.money(row.price),
        "rows.discount": Percent(row.discount) if row.discount else None,
        "rows.tax_rate": Percent(row.tax_rate),
        "rows.net": figures.money(row.net),
        "rows.tax": figures.money(row.tax),
        "rows.gross": figures.money(row.gross),
    }


def _totals(figures: Figures) -> dict[str, Value]:
    names = ("before_discount", "discount", "net", "tax", "gross")
    return {f"totals.{name}": figures.money(getattr(figures, name)) for name in names}


def _deal(deal: Deal, figures: Figures) -> dict[str, Value]:
    zone = ZoneInfo(settings.TIME_ZONE)
    return {
        "deal.title": deal.title,
        "deal.amount": Amount(figures.gross or deal.amount, deal.currency),
        "deal.currency": deal.currency,
        "deal.expected_on": deal.expected_on,
        "deal.created_on": deal.created_at.astimezone(zone).date(),
        "deal.stage": deal.stage.name,
        "deal.comment": Lines(tuple(deal.comment.splitlines())),
    }


def _contact(contact: Contact | None, custom: Sequence[CustomField]) -> dict[str, Value]:
    if contact is None:
        return {}
    values: dict[str, Value] = {
        "contact.name": PersonName(contact.first_name, contact.last_name),
        "contact.first_name": contact.first_name,
        "contact.last_name": contact.last_name,
        "contact.position": contact.position,
        "contact.email": contact.email,
        "contact.phone": readable_phone(contact.phone),
    }
    further = {f"contact.{it.key}": fields.shown(it, contact.custom.get(it.key)) for it in custom}
    return values | further


def _employee(employee: Employee) -> dict[str, Value]:
    return {
        "employee.name": PersonName(employee.first_name, employee.last_name),
        "employee.first_name": employee.first_name,
        "employee.last_name": employee.last_name,
        "employee.position": employee.position,
        "employee.email": employee.email,
        "employee.phone": readable_phone(employee.phone),
    }


def _director(company: Company | None) -> dict[str, Value]:
    director = company.director if company else None
    if director is None:
        return {}
    return {
        "my.director": PersonName(director.first_name, director.last_name),
        "my.director_position": director.position,
    }


def _company(company: Company | None, side: str, locale: Locale) -> dict[str, Value]:
    if company is None:
        return {}
    numbers = requisites.of_country(company.country).numbers
    kept = company.values
    values: dict[str, Value] = {it.name: it.grouped(kept.get(it.name, "")) for it in numbers}
    plain = ("name", "legal_name", "legal_form", "capital", "street", "postcode", "city")
    values |= {
        name: getattr(company, name) for name in (*plain, "email", "website", "bank", "bic")
    }
    values |= {
        "address": Lines(tuple(company.address_lines)),
        "country": str(locale.territories.get(company.country, company.country)),
        "phone": readable_phone(company.phone),
        "iban": requisites.grouped_iban(company.iban),
    }
    return {f"{side}.{name}": value for name, value in values.items()}
