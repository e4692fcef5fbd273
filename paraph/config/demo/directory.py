"""The clients of the demo company, in three languages."""

from datetime import datetime

from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard, Requisites
from paraph.contacts.models import Company, Contact

from .staff import Staff

COMPANIES = {
    "boulangerie": ("Boulangerie Petit", "FR", "FR83404833048", "8 place Bellecour", "Lyon"),
    "kowalski": ("Kowalski Meble sp. z o.o.", "PL", "5260250995", "ul. Długa 5", "Kraków"),
    "northwind": ("Northwind Ltd", "GB", "GB980780684", "21 King Street", "Manchester"),
    "hotel": ("Hôtel des Deux Rives", "FR", "FR32552100554", "3 quai Saint-Vincent", "Lyon"),
}

PEOPLE = (
    ("Petit", "Julien", "+33612345678", "julien@petit.example", "Gérant", "boulangerie", "fr"),
    ("Lambert", "Zoé", "+33698765432", "zoe@deuxrives.example", "Directrice", "hotel", "fr"),
    ("Kowalski", "Jan", "+48601234567", "jan@kowalski.example", "Prezes", "kowalski", "pl"),
    (
        "Żółtowska",
        "Świętosława",
        "+48602345678",
        "s.zoltowska@kowalski.example",
        "Księgowa",
        "kowalski",
        "pl",
    ),
    (
        "Carter",
        "Emily",
        "+447700900123",
        "emily@northwind.example",
        "Head of facilities",
        "northwind",
        "en",
    ),
    (
        "O'Neill",
        "Patrick",
        "+447700900456",
        "patrick@northwind.example",
        "Buyer",
        "northwind",
        "en",
    ),
    ("Nowak", "Agnieszka", "+48603456789", "agnieszka@nowak.example", "Architektka", "", "pl"),
    ("Girard", "Sébastien", "+33611223344", "seb@girard.example", "Menuisier", "", "fr"),
)


def fill(staff: Staff, *, at: datetime) -> dict[str, Contact]:
    """Add the clients; returns them by last name."""
    companies = {key: _company(staff, key, at=at) for key in COMPANIES}
    contacts = [_contact(staff, row, companies, at=at) for row in PEOPLE]
    return {contact.last_name: contact for contact in contacts}


def _company(staff: Staff, key: str, *, at: datetime) -> Company:
    name, country, tax_number, street, city = COMPANIES[key]
    requisites = Requisites(
        name=name, country=country, tax_number=tax_number, street=street, city=city
    )
    by = staff.administrator.actor
    return create_company(requisites, is_ours=False, responsible=staff.seller, by=by, at=at)


def _contact(
    staff: Staff, row: tuple[str, ...], companies: dict[str, Company], *, at: datetime
) -> Contact:
    last, first, phone, email, position, company, language = row
    card = ContactCard(
        last_name=last,
        first_name=first,
        phone=phone,
        email=email,
        position=position,
        company=companies.get(company),
        type="client" if company else "partner",
        language=language,
    )
    by = staff.seller.actor
    return create_contact(card, responsible=staff.seller, by=by, at=at)
