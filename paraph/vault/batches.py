"""Long work on many signed files: into a table, into another class, out of the vault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from paraph.batches.choosing import each_reached, write_chosen
from paraph.batches.kinds import Stretch, Tick, by_stretches, writing_a_file
from paraph.batches.models import Batch
from paraph.batches.stretching import STRETCH
from paraph.kit.listing import Selection
from paraph.people.access import Right

from .actions.destroying import take_away
from .actions.erasing import erase_next
from .actions.retaining import change_class
from .listing import vault_listing
from .models import Erasure, Gate, SignedFile
from .refusals import CannotErase

DESTROYED_AT_ONCE = 20


@by_stretches("vault.change-class", title=gettext_lazy("Change the class"))
def change_classes(batch: Batch, at: datetime) -> Stretch:
    """Let the files be kept as another class."""

    def change(file: SignedFile) -> bool:
        return change_class(file, to=batch.given["class"], by=batch.owner.actor, at=at)

    Gate.close()  # the run of the retention may be about to take one of them away
    return _each(batch, Right.EDIT, change)


@by_stretches("vault.destroy", title=gettext_lazy("Delete signed documents"))
def destroy_files(batch: Batch, at: datetime) -> Stretch:
    """Take the files away for good, but those on hold."""

    def destroy(file: SignedFile) -> bool:
        take_away(file, by=batch.owner, at=at)
        return True

    Gate.close()  # before any row, as every other deletion does
    return _each(batch, Right.DELETE, destroy, size=DESTROYED_AT_ONCE)


@writing_a_file("vault.export", title=gettext_lazy("Export the list of signed files"))
def export_list(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write the file that its owner has ordered."""
    rows = chosen_files(batch, Right.EXPORT).select_related("responsible")
    write_chosen(batch, rows, vault_listing(), into=file, tick=tick)


def chosen_files(batch: Batch, right: Right) -> QuerySet[SignedFile]:
    """Return what the batch was given, as far as its owner's right reaches now."""
    rows = SignedFile.objects.visible_to(batch.owner, right).naming_deals(batch.owner)
    selection = Selection.from_json(batch.given["selection"])
    with timezone.override(batch.owner.time_zone):
        return vault_listing().selected(rows, selection)


@by_stretches("vault.erase-person", title=gettext_lazy("Erase a person’s data"))
def erase_person(batch: Batch, at: datetime) -> Stretch:
    """Erase what nothing asks to be kept; whoever is killed in between goes on where it was."""
    erasure = Erasure.objects.get(pk=batch.given["erasure"])
    if erasure.done_at:
        return Stretch()
    with translation.override(batch.language), timezone.override(batch.owner.time_zone):
        try:
            further = erase_next(batch, erasure, at=at)
        except CannotErase as needed:
            return Stretch(1, 0, [(batch.title, " ".join(needed.reasons))])
    return Stretch(1, 1, after=further)


def _each(
    batch: Batch, right: Right, change: Callable[[SignedFile], bool], *, size: int = STRETCH
) -> Stretch:
    chosen = chosen_files(batch, Right.VIEW)
    allowed = SignedFile.objects.visible_to(batch.owner, right)
    return each_reached(batch, chosen, change, allowed=allowed, size=size)
