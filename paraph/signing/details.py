"""What the directory knows of a party: shown in its fields, and written back where it lets us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from paraph.contacts import fields as custom
from paraph.contacts.cards import ContactCard, CustomValue, Requisites, card_of, requisites_of
from paraph.contacts.models import Company, CustomField
from paraph.kit import db

from . import rules
from .models import Envelope, Field, FieldKind, Party

CONTACT: Mapping[str, str | Promise] = {
    "phone": _("Phone"),
    "email": _("E-mail"),
    "position": _("Position"),
}
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
    is_of_contact = of == "contact" and place.party.contact_id is not None
    return place.kind == FieldKind.CRM and (is_of_contact or is_of_company)


def card_with(party: Party, answers: Sequence[Field]) -> ContactCard | None:
    """Return the contact as it is after these answers; nothing where they are not about it."""
    given = _given(answers, of="contact")
    if party.contact is None or not given:
        return None
    card = card_of(party.contact)
    own: dict[str, Any] = {name: value for name, value in given.items() if name in CONTACT}
    further: dict[str, CustomValue] = dict(card.custom or {})
    for field in custom.custom_fields():
        if field.key in given and (value := _parsed(field, given[field.key])) is not None:
            further[field.key] = value
    return replace(card, **own, custom=further)


def requisites_with(party: Party, answers: Sequence[Field]) -> Requisites | None:
    """Return the company as it is after these answers; our own is never changed by a party."""
    written = _given(answers, of="company")
    given: dict[str, Any] = {name: written[name] for name in COMPANY if name in written}
    if party.company is None or party.company.is_ours or not given:
        return None
    return replace(requisites_of(party.company), **given)


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
