"""Makes sixty contacts for a journey: a list of more than one page."""

from datetime import UTC, datetime

from django.conf import settings

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.people.models import Employee

settings.PARAPH_JOBS = "inline"
now = datetime.now(UTC)
alice = Employee.objects.get(first_name="Alice")
for number in range(10, 70):
    card = ContactCard(
        last_name="Foule",
        first_name=f"Prénom{number}",
        phone=f"+336990000{number}",
        email=f"foule{number}@crowd.example",
    )
    create_contact(card, responsible=alice, by=alice.actor, at=now)
