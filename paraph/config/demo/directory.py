"""The clients of the demo company, in three languages."""

from datetime import datetime

from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard, Requisites
from paraph.contacts.models import Company, Contact

from .staff import Staff

COMPANIES = {
    "boulangerie": Requisites(
        name="Boulangerie Petit",
        legal_name="Boulangerie Petit SARL",
        legal_form="SARL",
        country="FR",
        tax_number="FR83404833048",
        registration_number="404833048",
        further={"rcs": "RCS Lyon"},
        street="8 place Bellecour",
        postcode="69002",
        city="Lyon",
    ),
    "kowalski": Requisites(
        name="Kowalski Meble sp. z o.o.",
        legal_form="sp. z o.o.",
        country="PL",
        tax_number="5260250995",
        registration_number="0000127206",
        further={"regon": "123456785"},
        capital="50 000 PLN",
        street="ul. Długa 5",
        postcode="31-147",
        city="Kraków",
    ),
    "northwind": Requisites(
        name="Northwind Ltd",
        legal_form="Ltd",
        country="GB",
        tax_number="GB980780684",
        registration_number="01234567",
        street="21 King Street",
        postcode="M2 6AW",
        city="Manchester",
    ),
    "hotel": Requisites(
        name="Hôtel des Deux Rives",
        legal_form="SAS",
        country="FR",
        tax_number="FR96552100554",
        registration_number="552100554",
        street="3 quai Saint-Vincent",
        postcode="69001",
        city="Lyon",
    ),
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
    by = staff.administrator.actor
    return create_company(COMPANIES[key], is_ours=False, responsible=staff.seller, by=by, at=at)


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
