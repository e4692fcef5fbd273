"""Makes two deals with French clients in the installation of a journey; prints them as JSON.

Our company has all that stands on an invoice, and no invoice has been sent before.
"""

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from paraph.contacts.actions.companies import create_company, edit_company
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard, Requisites, requisites_of
from paraph.contacts.models import Contact
from paraph.sales.actions.dealing import create_deal
from paraph.sales.actions.products import write_rows
from paraph.sales.choices import DealCard, ProductLine
from paraph.sales.models import Deal, DealStage
from paraph.signing.models import Layout
from tests.cast import Cast
from tests.journeys.send import known_cast

CLIENTS = (("Hélène", "Roux", "Céladon"), ("Inès", "Blanc", "Dordogne"))
PRODUCTS = (
    ("Suspension", "6", "289"),
    ("Rail", "8", "124.50"),
    ("Support", "14", "58"),
    ("Variateur", "4", "79.90"),
    ("Déplacement", "2", "45"),
)
NOW = datetime.now(UTC)


def sell(mark: str) -> list[dict[str, str]]:
    """Begin a deal with each client; ``mark`` tells them from those of another journey."""
    cast = known_cast()
    Layout.objects.filter(template__built_in="invoice").delete()
    _complete_our_requisites(cast)
    return [_sold(cast, mark, number) for number in range(len(CLIENTS))]


def _complete_our_requisites(cast: Cast) -> None:
    written = replace(
        requisites_of(cast.company),
        tax_number="FR83404833048",
        street="12 rue de la Soie",
        postcode="69001",
        city="Lyon",
        iban="FR1420041010050500013M02606",
    )
    edit_company(cast.company, written, by=cast.olga.actor, at=NOW)


def _sold(cast: Cast, mark: str, number: int) -> dict[str, str]:
    client = _client(cast, mark, number)
    title = f"Éclairage {mark}-{number}"
    card = DealCard(title, "EUR", cast.alice, client=client.company, contact=client)
    first = DealStage.objects.order_by("position")[0]
    made = create_deal(card, stage=first, by=cast.alice.actor, at=NOW)
    lines = [
        ProductLine(name, Decimal(quantity), Decimal(price), tax_rate=Decimal(20))
        for name, quantity, price in PRODUCTS
    ]
    write_rows(Deal.objects.get(pk=made.pk), lines, by=cast.alice.actor, at=NOW)
    company = client.company.name if client.company else ""
    return {"path": f"/deals/{made.pk}/", "phone": client.phone, "client": company}


def _client(cast: Cast, mark: str, number: int) -> Contact:
    first_name, last_name, company = CLIENTS[number]
    by, at = cast.alice.actor, NOW
    name = f"{company} {mark}"
    address = Requisites(
        name, legal_name=name, street="3 quai Rambaud", postcode="69002", city="Lyon"
    )
    card = ContactCard(
        last_name,
        first_name,
        phone=f"+336125{mark:0>4}{number}",
        email=f"{first_name.lower()}{mark}@example.org",
        company=create_company(address, is_ours=False, responsible=cast.alice, by=by, at=at),
        language="fr",
    )
    return create_contact(card, responsible=cast.alice, by=by, at=at)


if __name__ == "__main__":
    print(json.dumps(sell(sys.argv[1])))
