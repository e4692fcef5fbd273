"""What the directory knows of a party: shown in its fields, and written back where it lets us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paraph.contacts import fields as custom
from paraph.contacts.cards import CustomValue
from paraph.contacts.models import Company, CustomField
from paraph.kit import db

from . import rules
from .models import Envelope, Field, FieldKind, Party

CONTACT: Mapping[str, str | Promise] = {
    "phone": _("Phone"),
    "email": _("E-mail"),
    "position": _("Position"),
}
REACHED_BY = frozenset({"phone", "email"})
"""Where the next code goes: a person here changes them, never an answer."""
COMPANY: Mapping[str, str | Promise] = {
    "legal_name": _("Legal name"),
    "tax_number": _("Tax number"),
    "registration_number": _("Registration number"),
    "street": _("Street"),
    "postcode": _("Postcode"),
    "city": _("City"),
    "bank": _("Bank"),
    "iban": _("IBAN"),
    "bic": _("BIC"),
}


def sources() -> list[tuple[str, str]]:
    """Return every detail that a field can show or ask for, by its name."""
    own = [(f"contact.{field.key}", field.label) for field in custom.custom_fields()]
    return [
        *((f"contact.{name}", str(label)) for name, label in CONTACT.items()),
        *own,
        *((f"company.{name}", str(label)) for name, label in COMPANY.items()),
    ]


def known(place: Field) -> str:
    """Return what the directory has for a field of the party; empty where it has to be asked."""
    if place.kind == FieldKind.REQUISITES:
        return requisites_text(place.party.company)
    if place.kind != FieldKind.CRM:
        return ""
    of, _dot, name = place.source.partition(".")
    if of == "company":
        return str(getattr(place.party.company, name, "") if name in COMPANY else "")
    return _known_of_person(place.party, name)


def requisites_text(company: Company | None) -> str:
    """Return a company as its papers name it: legal name, address, numbers, account."""
    if company is None:
        return ""
    numbers = [company.tax_number, company.registration_number]
    account = " ".join(filter(None, [company.iban, company.bic]))
    lines = [company.legal_name or company.name, *company.address_lines]
    return "\n".join(line for line in [*lines, " · ".join(filter(None, numbers)), account] if line)


@db.transaction_required
def fill_in(envelope: Envelope) -> None:
    """Write into the fields what the directory knows; the rest is asked of its party."""
    asked = [FieldKind.REQUISITES, FieldKind.CRM]
    places = Field.objects.filter(party__envelope=envelope, kind__in=asked, value="")
    rows = list(places.select_related("party__contact", "party__employee", "party__company"))
    for place in rows:
        place.value = known(place)[: rules.TEXT_LENGTH]
    Field.objects.bulk_update(rows, ["value"])


def lacking(company: Company) -> list[str]:
    """Name what a contract would want to say of a company, and cannot."""
    wanted = ("street", "city", "tax_number")
    return [str(COMPANY[name]) for name in wanted if not getattr(company, name)]


def is_ours_to_keep(place: Field) -> bool:
    """Tell whether an answer may go back into the directory, if the party agrees."""
    of, _dot, name = place.source.partition(".")
    is_of_company = of == "company" and name in COMPANY and place.party.company_id is not None
    is_known = place.party.contact_id is not None and name not in REACHED_BY
    is_of_contact = of == "contact" and is_known
    return place.kind == FieldKind.CRM and (is_of_contact or is_of_company)


def answers_of_person(answers: Sequence[Field]) -> tuple[str, Mapping[str, CustomValue]]:
    """Return the position that was answered, if it was, and the values of further fields."""
    given = _given(answers, of="contact")
    further = {
        field.key: value
        for field in custom.custom_fields()
        if field.key in given and (value := _parsed(field, given[field.key])) is not None
    }
    return given.get("position", ""), further


def answers_of_company(answers: Sequence[Field]) -> Mapping[str, str]:
    """Return what was answered about the company, by column."""
    given = _given(answers, of="company")
    return {name: given[name] for name in COMPANY if name in given}


def _given(answers: Sequence[Field], *, of: str) -> dict[str, str]:
    named = ((*place.source.partition(".")[::2], place.value.strip()) for place in answers)
    return {name: value for whose, name, value in named if whose == of and value}


def _parsed(field: CustomField, typed: str) -> CustomValue | None:
    try:
        return custom.parsed(field, typed)
    except custom.NotAValue:
        return None


def _known_of_person(party: Party, name: str) -> str:
    if name in CONTACT:
        return str(getattr(party.contact or party.employee, name, "") or "")
    if party.contact is None:
        return ""
    field = next((field for field in custom.custom_fields() if field.key == name), None)
    return custom.shown(field, party.contact.custom.get(name)) if field else ""
