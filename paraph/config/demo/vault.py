"""What lies in the demo company's vault: its classes, how long they stay, and one on hold."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph.batches.actions import advance_batch, begin_batch
from paraph.documents.models import DocumentClass
from paraph.people.models import Employee
from paraph.vault.actions.holding import place_hold
from paraph.vault.actions.retaining import change_retention
from paraph.vault.models import SignedFile

from .staff import Staff

YEARS = {DocumentClass.INVOICE: 10, DocumentClass.OFFER: 3, DocumentClass.CONTRACT: 10}
HELD = "Northwind"


def keep(staff: Staff, *, at: datetime) -> None:
    """Let contracts be kept as contracts, and place one on hold."""
    years: dict[str, int | None] = {name.value: it for name, it in YEARS.items()}
    change_retention(years, by=staff.administrator.actor, at=at)
    _classify(staff.administrator, at=at)
    file = SignedFile.objects.filter(title__contains=HELD).select_related("document").first()
    if file:
        reason = _("Dispute about the delivery date, file 2026/14. Asked for by Maître Roux.")
        place_hold(file.document, reason=reason, by=staff.administrator, at=at)


def _classify(admin: Employee, *, at: datetime) -> None:
    """Change the class of every contract, as the list's group action does."""
    words = ("Contrat", "contract", "Umowa")
    ids = [it.pk for it in SignedFile.objects.all() if any(word in it.title for word in words)]
    given = {"selection": {"ids": ids}, "until": max(ids, default=0), "class": "contract"}
    batch = begin_batch("vault.change-class", given=given, total=len(ids), owner=admin, at=at)
    while advance_batch(batch, at=at):
        pass
