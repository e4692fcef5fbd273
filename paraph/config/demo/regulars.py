"""Half a hundred further contacts, so that lists look as they do in a company, and a preset."""

from datetime import datetime, timedelta
from itertools import cycle

from django.utils.translation import gettext as _

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Company
from paraph.people.actions.layouts import save_preset

from .staff import Staff

PHONES = {"fr": "+3361204{:04}", "pl": "+4860511{:04}", "en": "+447700900{:03}"}
PEOPLE = {
    "fr": (
        "Lefèvre Chloé,Moreau Étienne,Dubois Maëlle,Fontaine Gaël,Mercier Inès,Roche Théo,"
        "Garnier Aurélie,Perrin Loïc,Chevalier Noémie,Blanchard Yann,Guérin Océane,Faure Benoît,"
        "Legrand Camille,Besson Raphaël,Picard Hélène,Marchand Cédric"
    ),
    "pl": (
        "Wiśniewska Małgorzata,Zieliński Łukasz,Wójcik Grażyna,Dąbrowski Paweł,Mazur Zofia,"
        "Krawczyk Michał,Pawłowska Bożena,Szymańska Żaneta,Kozłowski Jędrzej,Jankowska Elżbieta,"
        "Woźniak Stanisław,Grabowska Kinga,Piotrowski Zbigniew,Lis Agata,Sowa Krzysztof"
    ),
    "en": (
        "Taylor Harriet,Evans Rhys,O’Brien Siobhán,Hughes Imogen,Clarke Duncan,Walker Freya,"
        "Bennett Callum,Ashworth Beatrice,MacLeod Fraser,Whitfield Poppy,Green Marcus,"
        "Pemberton Alice,Fletcher Owen,Marshall Edith,Gallagher Rory"
    ),
}
POSITIONS = {
    "fr": ("Responsable des achats", "Comptable", "Architecte", "Directrice", "Gérant", ""),
    "pl": ("Księgowa", "Kierownik zakupów", "Prezes zarządu", "Specjalista ds. umów", ""),
    "en": ("Buyer", "Office manager", "Head of facilities", "Finance director", ""),
}
TYPES = ("client", "client", "partner", "client", "supplier", "client", "other")


def add(staff: Staff, *, at: datetime) -> None:
    """Add them in turn for the seller and the administrator, over the last months."""
    companies = cycle([*Company.objects.clients().order_by("pk"), None])
    owners, types = cycle([staff.seller, staff.seller, staff.administrator]), cycle(TYPES)
    rows = [(language, name) for language, names in PEOPLE.items() for name in names.split(",")]
    for number, (language, name) in enumerate(rows):
        last, first = name.split(" ")
        positions = POSITIONS[language]
        card = ContactCard(
            last,
            first,
            phone=PHONES[language].format(100 + number * 7),
            email=f"contact{number + 1}@{language}.example",
            position=positions[number % len(positions)],
            company=next(companies),
            type=next(types),
            language=language,
        )
        owner, then = next(owners), at - timedelta(days=4 * number + 2, hours=number)
        create_contact(card, responsible=owner, by=owner.actor, at=then)
    _preset(staff)


def _preset(staff: Staff) -> None:
    """Let the administrator have something to press above the list."""
    waiting = {"type": ["client"], "no_document": ["1"]}
    save_preset(
        staff.administrator, listing="contacts", name=_("Clients to write to"), criteria=waiting
    )
