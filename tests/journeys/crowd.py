"""Makes sixty contacts for a journey, in a process of its own: a list of more than one page."""

import os
from datetime import UTC, datetime

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
os.environ["PARAPH_JOBS"] = "inline"
django.setup()

from paraph.contacts.actions.creating import create_contact  # noqa: E402  # after the set-up
from paraph.contacts.cards import ContactCard  # noqa: E402
from paraph.people.models import Employee  # noqa: E402

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
