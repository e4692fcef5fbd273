"""What grows in every directory: further fields, half-known people, and somebody twice."""

from dataclasses import replace
from datetime import datetime, timedelta

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.actions.fields import FieldCard, create_field
from paraph.contacts.actions.merging import merge_contacts
from paraph.contacts.cards import ContactCard, card_of
from paraph.contacts.models import Contact, FieldKind

from .staff import Staff

HALF_KNOWN = (
    ContactCard("Beaumont", "Hélène", "+33644556677", "", position="Décoratrice", language="fr"),
    ContactCard("Sikora", "Marek", "", "marek.sikora@example.org", language="pl"),
)
TWICE = (
    ContactCard("LAMBERT", "Zoe", "+33698765432", "contact@deuxrives.example", language="fr"),
    ContactCard("Carter", "E.", "+447700900123", "emily+orders@northwind.example"),
    ContactCard("Sébastien", "Girard", "", "seb@girard.example", language="fr"),
)
OLD_JULIEN = ContactCard(
    "Petit",
    "Julien",
    "+33472000102",
    "boulangerie.petit@example.org",
    comment="Prefers to be called in the afternoon.",
    language="fr",
)
TIERS = {"Petit": "Gold", "Lambert": "Silver", "Carter": "Gold", "Kowalski": "Bronze"}


def add(staff: Staff, contacts: dict[str, Contact], *, at: datetime) -> None:
    """Add them, and let one pair have been merged already."""
    by = staff.seller.actor
    _further_fields(staff, contacts, at=at)
    for card in (*HALF_KNOWN, *TWICE):
        create_contact(card, responsible=staff.seller, by=by, at=at, may_be_incomplete=True)
    old = create_contact(OLD_JULIEN, responsible=staff.seller, by=by, at=at)
    petit, later = contacts["Petit"], at + timedelta(seconds=1)
    wanted = {"phone": petit.pk, "email": petit.pk}
    merge_contacts(petit, [old], wanted=wanted, by=by, at=later)


def _further_fields(staff: Staff, contacts: dict[str, Contact], *, at: datetime) -> None:
    by = staff.administrator.actor
    tiers = FieldCard("Customer tier", choices=("Gold", "Silver", "Bronze"))
    tier = create_field(FieldKind.CHOICE, tiers, by=by, at=at)
    since = FieldCard("Customer since", help="The day of the first order.")
    day = create_field(FieldKind.DATE, since, by=by, at=at)
    for year, (name, value) in enumerate(TIERS.items(), start=2019):
        contact = contacts[name]
        custom = {tier.key: value, day.key: f"{year}-03-15"}
        card = replace(card_of(contact), custom=custom)
        edit_contact(contact, card, by=staff.seller.actor, at=at)
