"""The series that every installation begins with."""

from __future__ import annotations

from django.utils.translation import gettext as _

from .models import DocumentClass, Reset
from .numbering import SeriesCard


def default_series() -> dict[str, SeriesCard]:
    """Return the first series by what they number, named in the language that is active."""
    yearly = Reset.YEAR
    return {
        DocumentClass.INVOICE: SeriesCard(_("Invoices"), prefix="{yyyy}-", reset=yearly),
        DocumentClass.CONTRACT: SeriesCard(_("Contracts"), prefix="C-{yyyy}-", reset=yearly),
        DocumentClass.OFFER: SeriesCard(_("Offers"), prefix="O-{yyyy}-", reset=yearly),
        DocumentClass.ACT: SeriesCard(_("Acceptance acts"), prefix="A-{yyyy}-", reset=yearly),
        DocumentClass.NDA: SeriesCard(
            _("Non-disclosure agreements"), prefix="N-{yyyy}-", reset=yearly
        ),
    }
