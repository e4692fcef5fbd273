"""The series that every installation begins with."""

from __future__ import annotations

from .models import DocumentClass, Reset
from .numbering import SeriesCard
from .shipped import SERIES


def default_series() -> dict[str, SeriesCard]:
    """Return the first series by what they number, named in the language that is active."""
    yearly = Reset.YEAR
    return {
        DocumentClass.INVOICE: SeriesCard(str(SERIES["invoice"]), prefix="{yyyy}-", reset=yearly),
        DocumentClass.CONTRACT: SeriesCard(
            str(SERIES["contract"]), prefix="C-{yyyy}-", reset=yearly
        ),
        DocumentClass.OFFER: SeriesCard(str(SERIES["offer"]), prefix="O-{yyyy}-", reset=yearly),
        DocumentClass.ACT: SeriesCard(str(SERIES["act"]), prefix="A-{yyyy}-", reset=yearly),
        DocumentClass.NDA: SeriesCard(str(SERIES["nda"]), prefix="N-{yyyy}-", reset=yearly),
    }
