"""The requisites of a company as people read them, each with what does not check."""

from dataclasses import dataclass

from paraph.contacts import requisites
from paraph.contacts.models import Company


@dataclass(frozen=True)
class Shown:
    """One number: its name in that country, how it is written, and what is wrong with it."""

    label: str
    value: str
    doubt: str


def numbers_of(company: Company) -> list[Shown]:
    """Return the numbers that a company has, the most important first."""
    doubts, values = company.doubts, company.values
    shown = [
        Shown(str(it.label), it.grouped(values.get(it.name, "")), doubts.get(it.name, ""))
        for it in requisites.of_country(company.country).numbers
    ]
    shown.append(Shown("IBAN", requisites.grouped_iban(company.iban), doubts.get("iban", "")))
    shown.append(Shown("BIC", company.bic, doubts.get("bic", "")))
    return [it for it in shown if it.value]
