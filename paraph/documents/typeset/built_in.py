"""The templates that every installation has: their names, and which values each of them uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from ..models import DocumentClass
from ..shipped import TEMPLATES


@dataclass(frozen=True)
class BuiltIn:
    """A template of ours. Its tokens are those that a Word template would name."""

    key: str
    name: str | Promise
    document_class: DocumentClass
    tokens: Sequence[str]


_PARTIES = (
    "my.name",
    "my.address",
    "my.tax_number",
    "#if my.registration_number",
    "my.registration_number",
    "#if my.phone",
    "my.phone",
    "#if my.email",
    "my.email",
    "company.name",
    "company.address",
    "#if company.tax_number",
    "company.tax_number",
)
_SOLD = (
    "rows.name",
    "rows.quantity",
    "rows.price",
    "rows.net",
    "tax_rows.rate",
    "tax_rows.amount",
)
_INVOICE = ("number", "today", "due", "deal.title", "#if contact.name", "contact.name")
_ACCOUNT = ("my.iban", "#if my.bank", "my.bank", "#if my.bic", "my.bic", "totals.gross|words")
_HEAD = ("number", "today", "deal.title")
_SIGNERS = (
    "my.director",
    "#if my.director_position",
    "my.director_position",
    "contact.name",
    "#if contact.position",
    "contact.position",
)

BUILT_IN: Mapping[str, BuiltIn] = {
    it.key: it
    for it in (
        BuiltIn(
            "invoice",
            TEMPLATES["invoice"],
            DocumentClass.INVOICE,
            (*_INVOICE, *_PARTIES, *_SOLD, *_ACCOUNT, "qr:payment"),
        ),
        BuiltIn(
            "offer",
            TEMPLATES["offer"],
            DocumentClass.OFFER,
            (*_HEAD, "due", "employee.name", "employee.email", *_PARTIES, *_SOLD, *_SIGNERS),
        ),
        BuiltIn(
            "contract",
            TEMPLATES["contract"],
            DocumentClass.CONTRACT,
            (*_HEAD, *_PARTIES, *_SOLD, "totals.net", "totals.tax", *_SIGNERS),
        ),
        BuiltIn(
            "act",
            TEMPLATES["act"],
            DocumentClass.ACT,
            (*_HEAD, *_PARTIES, *_SOLD, *_SIGNERS),
        ),
        BuiltIn(
            "nda",
            TEMPLATES["nda"],
            DocumentClass.NDA,
            (*_HEAD, *_PARTIES, *_SIGNERS),
        ),
    )
}
