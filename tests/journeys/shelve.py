"""Puts two signed leases into the vault, and somebody into the directory who may be erased."""

from datetime import UTC, datetime

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from tests.journeys.send import known_cast
from tests.vault.house import signed


def shelve() -> None:
    """Two files with words of their own, and a contact that no document names."""
    cast = known_cast()
    signed(cast, title="Lease of the hall", pages=("Bail commercial", "Le loyer est de 900 €"))
    signed(cast, title="Lease of the yard", pages=("Najem placu", "Czynsz wynosi 400 zł"))
    card = ContactCard("Brandt", "Heidi", phone="+4930123456", email="heidi@example.org")
    create_contact(card, responsible=cast.alice, by=cast.alice.actor, at=datetime.now(UTC))


if __name__ == "__main__":
    shelve()
