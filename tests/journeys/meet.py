"""Makes whom a journey meets in the directory: somebody without a telephone, and one twice."""

import sys
from datetime import UTC, datetime

from django.conf import settings

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.people.models import Employee

settings.PARAPH_JOBS = "inline"


def meet(mark: str) -> None:
    """``mark`` tells them from those of another journey."""
    alice = Employee.objects.get(first_name="Alice")
    cards = (
        ContactCard(f"Okafor{mark}", "Ngozi", phone="", email=f"ngozi.{mark}@example.org"),
        ContactCard(f"Jumel{mark}", "Aïda", phone=f"+3369911{mark}1", email=f"a{mark}@x.example"),
        ContactCard(f"Jumel{mark}", "Aida", phone=f"+3369911{mark}2", email=f"b{mark}@x.example"),
        ContactCard(f"Jumel{mark}", "Zita", phone=f"+3369911{mark}3", email=f"c{mark}@x.example"),
    )
    for card in cards:
        create_contact(
            card,
            responsible=alice,
            by=alice.actor,
            at=datetime.now(UTC),
            may_be_incomplete=not card.phone,
        )


if __name__ == "__main__":
    meet(sys.argv[1])
