"""Opening a PDF for reading, wherever it lies."""

import pikepdf

from paraph.sealing.draft import Paper, readable


def opened(paper: Paper, *, attempt_recovery: bool = True) -> pikepdf.Pdf:
    """Open it; a draft is read where it lies, for mapped into memory it would be held whole."""
    return pikepdf.open(
        readable(paper),
        attempt_recovery=attempt_recovery,
        access_mode=pikepdf.AccessMode.stream,
    )
