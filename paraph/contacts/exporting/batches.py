"""Large exports, written in the background."""

from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from paraph.batches.kinds import Tick, writing_a_file
from paraph.batches.models import Batch

from .writing import write_contacts


@writing_a_file("contacts.export", title=_("Export contacts"))
def export_contacts(batch: Batch, file: BinaryIO, tick: Tick) -> None:
    """Write the file that its owner has ordered."""
    write_contacts(file, owner=batch.owner, given=batch.given, tick=tick)
