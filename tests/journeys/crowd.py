"""Makes sixty contacts for a journey: a list of more than one page, with words that fill its
columns."""

from datetime import UTC, datetime

from django.conf import settings

from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard, Requisites
from paraph.people.models import Employee

settings.PARAPH_JOBS = "inline"
now = datetime.now(UTC)
alice = Employee.objects.get(first_name="Alice")
requisites = Requisites("Compagnie générale du luminaire")
company = create_company(requisites, is_ours=False, responsible=alice, by=alice.actor, at=now)
for number in range(10, 70):
    card = ContactCard(
        last_name="Foule",
        first_name=f"Prénom{number} Marie-Antoinette",
        phone=f"+336990000{number}",
        email=f"marie.antoinette.foule{number}@crowd.example",
        position="Directrice des achats",
        company=company,
    )
    create_contact(card, responsible=alice, by=alice.actor, at=now)
