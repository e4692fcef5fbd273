"""A list from a trade fair that came into the directory, and an export that went out."""

from datetime import datetime

from paraph.batches.actions import advance_batch, start_batch
from paraph.batches.models import Batch
from paraph.contacts.exporting.writing import Format, file_name
from paraph.contacts.importing.actions import (
    begin_import,
    choose_columns,
    start_check,
    start_import,
)
from paraph.contacts.importing.intake import take_in
from paraph.contacts.models import Contact
from paraph.people.models import Employee

from .staff import Staff

FAIR = """Nom;Prénom;Téléphone;Courriel;Société;Fonction
Morel;Élise;06 44 12 90 31;elise.morel@brasserie-croix.example;Brasserie de la Croix;Gérante
Garnier;Hugo;06 51 73 20 48;hugo@garnier-bois.example;Garnier Bois;Artisan
Petit;Julien;+33 6 12 34 56 78;julien@petit.example;Boulangerie Petit;Gérant
Roux;Camille;06 70;camille@roux.example;;Architecte
Da Silva;Inès;06 80 11 52 63;ines(at)dasilva.example;;Décoratrice
;;04 78 00 00 00;accueil@salon.example;Salon de l'habitat;
"""


def carry(staff: Staff, *, at: datetime) -> None:
    """Import the list, with its rows that cannot be used, and export the whole directory."""
    person = staff.administrator
    content = FAIR.encode("cp1252")
    given = begin_import(take_in(content), file_name="salon-habitat.csv", owner=person, at=at)
    choose_columns(
        given,
        columns=given.columns,
        has_heading=True,
        duplicates="merge",
        defaults={"country": "FR", "language": "fr", "responsible": staff.seller.pk},
    )
    for order in (start_check, start_import):
        _finish(order(given, at=at), at=at)
    _export(person, at=at)


def _export(person: Employee, *, at: datetime) -> None:
    name = file_name(Format.XLSX, at=at)
    wanted = {"format": Format.XLSX, "file_name": name}
    total = Contact.objects.visible_to(person).count()
    start_batch("contacts.export", given=wanted, total=total, owner=person, at=at)


def _finish(batch: Batch, *, at: datetime) -> None:
    while batch.is_quiet and advance_batch(batch, at=at):
        pass
