"""What a client said of itself while signing goes into the directory: that, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields as columns
from dataclasses import replace
from datetime import datetime
from typing import Any

from paraph import journal
from paraph.contacts import fields, requisites, rules, steps
from paraph.contacts.cards import (
    ContactCard,
    CustomValue,
    Requisites,
    card_of,
    requisites_of,
)
from paraph.contacts.events import CompanyEdited, ContactEdited
from paraph.contacts.models import Company, Contact
from paraph.journal import Actor
from paraph.kit import db

_WRITTEN = {field.name for field in columns(Requisites)}


@db.transaction
def take_answers_of_person(
    contact: Contact,
    *,
    position: str,
    further: Mapping[str, CustomValue],
    by: Actor,
    at: datetime,
) -> None:
    """Write what a person answered over what is there now; empty answers change nothing.

    Phone and e-mail are not taken over: they are where the next code goes.
    """
    contact.lock()
    before = card_of(contact)
    kept_custom = dict(contact.custom)
    card: ContactCard = replace(
        before, position=position or before.position, custom=kept_custom | dict(further)
    )
    kept = Contact.objects.select_related("company", "responsible").get(pk=contact.pk)
    steps.fill_contact(contact, card)
    changed = rules.changes(kept, contact, fields=rules.WRITTEN)
    changed |= fields.changes(kept_custom, contact.custom)
    if changed:
        contact.edited_at = at
        contact.save()
        journal.record(ContactEdited(contact_id=contact.pk, changes=changed), by=by, at=at)


@db.transaction
def take_answers_of_company(
    company: Company, *, answers: Mapping[str, str], by: Actor, at: datetime
) -> None:
    """Write those answers over what is there now that pass the checks of the company's page."""
    company.lock()
    if company.is_ours:
        return
    kept = Company.objects.get(pk=company.pk)
    taken: dict[str, Any] = _checked(company, answers)
    steps.write_company(company, replace(requisites_of(company), **taken))
    changed = rules.changes(kept, company, fields=list(taken))
    if changed:
        journal.record(CompanyEdited(company_id=company.pk, changes=changed), by=by, at=at)


def _checked(company: Company, answers: Mapping[str, str]) -> dict[str, str]:
    """Return the answers, as they are stored, that raise no doubt beside what is known."""
    given = {name: value.strip() for name, value in answers.items() if name in _WRITTEN}
    numbers = {number.name: number for number in requisites.of_country(company.country).numbers}
    given |= {
        name: numbers[name].normalised(value) for name, value in given.items() if name in numbers
    }
    if "iban" in given:
        given["iban"] = requisites.iban_normalised(given["iban"])
    now = {name: str(getattr(company, name)) for name in ("tax_number", "registration_number")}
    now |= {"iban": company.iban, "bic": company.bic}
    doubtful = requisites.doubts(company.country, now | given)
    return {name: value for name, value in given.items() if value and name not in doubtful}
