"""Removing the bytes of what was taken away, when nothing points there any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from paraph.documents import cache
from paraph.kit import db, files
from paraph.kit.faults import fault_point
from paraph.kit.pointers import is_needed

from ..models import Doomed

FRESH = timedelta(hours=1)
"""Bytes that were put again within this time may be pointed to in a moment."""


@db.transaction
def sweep_file(doomed: Doomed, *, at: datetime) -> bool:
    """Remove one file for good, and its pictures and texts; tell whether it is done with.

    Who is killed before the end finds the row again, and a file that is gone already.
    """
    if not is_needed(doomed.sha256):
        since = (at - FRESH).timestamp()
        if not files.forget_unless_fresh(doomed.sha256, since=since):
            return False
        fault_point("vault-after-file")
        cache.forget(doomed.sha256)
    doomed.delete()
    return True
