"""What lies on the director's desk: several documents that wait to be signed with one code."""

from collections.abc import Mapping

from paraph.contacts.models import Contact

from .envelopes import Story, tell
from .staff import Staff

STORIES = (
    Story("Bon de commande – Boulangerie Petit", "fr", "Petit", "with-us", amount=1_840),
    Story("Delivery contract – Northwind", "en", "Carter", "with-us", amount=12_600),
    Story("Umowa serwisowa – Kowalski Meble", "pl", "Kowalski", "with-us", amount=4_300),
    Story("Avenant – Hôtel des Deux Rives", "fr", "Lambert", "with-us", "lawyer", amount=2_150),
)


def pile_up(staff: Staff, contacts: Mapping[str, Contact]) -> None:
    """Send each of them as far as the director."""
    tell(staff, contacts, {}, STORIES)
