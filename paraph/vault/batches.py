"""Long work on many signed files: into a table."""

from __future__ import annotations

from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from paraph.batches.kinds import Tick, writing_a_file
from paraph.batches.models import Batch
from paraph.kit.listing import Selection
from paraph.kit.listing_files import write_list
from paraph.people.access import Right

from .listing import vault_listing
from .models import SignedFile


@writing_a_file("vault.export", title=gettext_lazy("Export the list of signed files"))
def export_list(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write the file that its owner has ordered."""
    owner, given = batch.owner, batch.given
    columns = vault_listing().columns_chosen(given["columns"])
    with translation.override(owner.language), timezone.override(owner.time_zone):
        write_list(
            file,
            chosen_files(batch, Right.EXPORT).order_by("pk").iterator(chunk_size=2000),
            columns,
            format=given["format"],
            language=owner.language,
            tick=tick,
        )


def chosen_files(batch: Batch, right: Right) -> QuerySet[SignedFile]:
    """Return what the batch was given, as far as its owner's right reaches now."""
    rows = SignedFile.objects.visible_to(batch.owner, right)
    selection = Selection.from_json(batch.given["selection"])
    with timezone.override(batch.owner.time_zone):
        return vault_listing().selected(rows, selection).select_related("responsible", "deal")
