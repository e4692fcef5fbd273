"""The long work of imports: the check, and the import that is whole or not at all."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from paraph.batches.kinds import Stretch, by_stretches
from paraph.batches.models import Batch

from .bringing import bring_in
from .checking import check_rows
from .taking_back import take_back


@by_stretches("contacts.import-check", title=_("Check a file of contacts"))
def check_file(batch: Batch, at: datetime) -> Stretch:
    """Find out what each row would become."""
    return check_rows(batch, at)


@by_stretches("contacts.import", title=_("Import contacts"), undo=take_back, is_whole=True)
def import_contacts(batch: Batch, at: datetime) -> Stretch:
    """Bring the checked rows into the directory."""
    return bring_in(batch, at)
