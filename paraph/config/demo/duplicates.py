"""What grows in every directory: further fields, half-known people, and what is there twice."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.actions.fields import FieldCard, create_field
from paraph.contacts.actions.merging import merge_contacts
from paraph.contacts.cards import ContactCard, Requisites, card_of
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
COMPANY_TWICE = Requisites(
    "NORTHWIND LIMITED",
    country="GB",
    city="Salford",
    phone="+441614960123",
    website="www.northwind.example",
)
OLD_JULIEN = ContactCard(
    "Petit",
    "Julien",
    "+33472000102",
    "boulangerie.petit@example.org",
    language="fr",
)
TIERS = {"Petit": 0, "Lambert": 1, "Carter": 0, "Kowalski": 2}


def add(staff: Staff, contacts: dict[str, Contact], *, at: datetime) -> None:
    """Add them as of some weeks ago, and let one pair have been merged lately."""
    by, lately = staff.seller.actor, at - timedelta(days=1)
    at -= timedelta(weeks=6)
    _further_fields(staff, contacts, at=at)
    for card in (*HALF_KNOWN, *TWICE):
        create_contact(card, responsible=staff.seller, by=by, at=at, may_be_incomplete=True)
    create_company(COMPANY_TWICE, is_ours=False, responsible=staff.seller, by=by, at=at)
    julien = replace(OLD_JULIEN, comment=_("Prefers to be called in the afternoon."))
    old = create_contact(julien, responsible=staff.seller, by=by, at=at)
    petit = contacts["Petit"]
    wanted = {"phone": petit.pk, "email": petit.pk}
    merge_contacts(petit, [old], wanted=wanted, by=by, at=lately)


def _further_fields(staff: Staff, contacts: dict[str, Contact], *, at: datetime) -> None:
    by = staff.administrator.actor
    names = (_("Gold"), _("Silver"), _("Bronze"))
    tiers = FieldCard(_("Customer tier"), choices=names)
    tier = create_field(FieldKind.CHOICE, tiers, by=by, at=at)
    since = FieldCard(_("Customer since"), help=_("The day of the first order."))
    day = create_field(FieldKind.DATE, since, by=by, at=at)
    for year, (name, place) in enumerate(TIERS.items(), start=2019):
        contact = contacts[name]
        custom = {tier.key: names[place], day.key: f"{year}-03-15"}
        card = replace(card_of(contact), custom=custom)
        edit_contact(contact, card, by=staff.seller.actor, at=at)
