"""What a built-in template reads: every value as its language writes it, labels, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from paraph.kit import files

from ..filling import payment_code
from ..gathering import Known
from ..modifiers import changed, written
from ..values import Value


def content_of(known: Known, *, title: str) -> dict[str, Any]:
    """Return the values by name, rows, sums in words, labels and pictures (bytes as numbers)."""
    language = known.language
    gross = known.values.get("totals.gross")
    colour = known.company.colour if known.company else "#1f4e5f"
    return {
        "title": title,
        "language": language,
        "day": _day(known.values.get("today")),
        "colour": colour,
        "values": _written(known.values, language),
        "rows": [_written(row, language) for row in known.rows],
        "tax_rows": [_written(row, language) for row in known.tax_rows],
        "has_discount": any(row.discount for row in known.figures.rows),
        "in_words": changed(gross, (("words", ""), ("sentence", "")), language),
        "terms": _terms(known),
        "words": _labels(language),
        "pictures": _pictures(known),
    }


def _day(today: Value) -> list[int]:
    """Return the day in the file's metadata; an archive wants one."""
    return [today.year, today.month, today.day] if isinstance(today, date) else []


def _written(values: Mapping[str, Value], language: str) -> dict[str, str]:
    return {name: written(value, language) for name, value in values.items()}


def _pictures(known: Known) -> dict[str, list[int] | str]:
    """Return the logo (PNG) and the code for a transfer (SVG), where there are any."""
    pictures: dict[str, list[int] | str] = {}
    if known.company and known.company.logo:
        pictures["logo"] = list(files.get(known.company.logo))
    if code := payment_code(known):
        out = BytesIO()
        code.save(out, kind="svg", border=0, svgclass=None, lineclass=None)
        pictures["payment"] = out.getvalue().decode()
    return pictures


def _terms(known: Known) -> str:
    """Return what French law has an invoice between companies say of late payment.

    Articles L441-9, L441-10 and D441-5 of the Code de commerce; elsewhere nothing is prescribed.
    """
    seller, buyer = known.company, known.client
    if seller is None or buyer is None or seller.country != "FR":
        return ""
    with override(known.language):
        return _(
            "No discount for early payment. Late payment bears interest at the rate of the "
            "European Central Bank plus 10 percentage points, and a fixed sum of €40 for the "
            "costs of recovery (articles L441-10 and D441-5 of the French Code de commerce)."
        )


def _labels(language: str) -> dict[str, str]:
    """Return the words that stand on the paper, in its language."""
    with override(language):
        return {
            "invoice": _("Invoice"),
            "offer": _("Offer"),
            "act": _("Acceptance act"),
            "contract": _("Service contract"),
            "nda": _("Confidentiality agreement"),
            "annex": _("Annex: works, services and price"),
            "good_until": _("Valid until"),
            "contractor": _("Contractor"),
            "customer": _("Customer"),
            "first_side": _("First party"),
            "second_side": _("Second party"),
            "for_us": _("For us"),
            "handed_over_by": _("Handed over by"),
            "accepted_by": _("Accepted by"),
            "stamp_and_signature": _("Stamp and signature"),
            "number": pgettext("of a document", "Number"),
            "date": _("Date"),
            "due": _("To be paid by"),
            "from": _("Seller"),
            "to": _("Buyer"),
            "subject": _("Subject"),
            "attention": _("Attention"),
            "tax_number": _("Tax number"),
            "registration_number": _("Registration number"),
            "product": _("Product"),
            "quantity": _("Quantity"),
            "price": _("Unit price"),
            "discount": _("Discount"),
            "tax_rate": _("Tax"),
            "net": _("Net"),
            "taxed": _("Taxed amount"),
            "total_net": _("Net"),
            "total_tax": _("Tax"),
            "total": _("Total"),
            "in_words": _("In words"),
            "payment": _("Payment"),
            "bank": _("Bank"),
            "scan": _("Scan to pay"),
            "page": _("Page"),
        }
