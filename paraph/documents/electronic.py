"""The invoice that machines read: Factur-X 1.0 in its EN 16931 profile, from the same figures.

The XML (UN/CEFACT Cross Industry Invoice) lies in the PDF as ``factur-x.xml``; the PDF says so
in its metadata, as the Factur-X specification wants.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, cast

import pikepdf
from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document as CrossIndustryInvoice
from drafthorse.models.party import TaxRegistration
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.tradelines import LineItem

from paraph.contacts.models import Company
from paraph.sales import rules

from .figures import Row
from .gathering import Known

GUIDELINE = "urn:cen.eu:en16931:2017"
SCHEMA = "FACTUR-X_EN16931"
COMMERCIAL_INVOICE, CREDIT_TRANSFER = "380", "58"  # UNTDID 1001 and 4461
PIECES = "C62"
CENTS, FINE = Decimal("0.01"), Decimal("0.000001")
# UN/ECE Recommendation 20, for the units that people write; what is not here counts as pieces.
UNITS = {
    **dict.fromkeys(("h", "hour", "hours", "heure", "heures", "godz", "godzina"), "HUR"),
    **dict.fromkeys(("day", "days", "jour", "jours", "dzień", "dni"), "DAY"),
    **dict.fromkeys(("month", "months", "mois", "miesiąc", "mies"), "MON"),
    **dict.fromkeys(("year", "years", "an", "ans", "rok"), "ANN"),
    **dict.fromkeys(("kg",), "KGM"),
    **dict.fromkeys(("m", "mètre", "metr"), "MTR"),
    **dict.fromkeys(("m²", "m2"), "MTK"),
    **dict.fromkeys(("l", "litre", "litr"), "LTR"),
}


def invoice_xml(known: Known) -> bytes:
    """Return the invoice as XML that its schema accepts; nothing where it cannot be one yet.

    Without the sides' countries, the seller's tax number or any row there is no such invoice.
    """
    seller, buyer = known.company, known.client
    if not (seller and buyer and seller.tax_number and known.figures.rows):
        return b""
    invoice = CrossIndustryInvoice()
    invoice.context.guideline_parameter.id = GUIDELINE
    invoice.header.id = str(known.values["number"])
    invoice.header.type_code = COMMERCIAL_INVOICE
    invoice.header.issue_date_time = known.values["today"]
    invoice.trade.delivery.event.occurrence = known.values["today"]
    _party(invoice.trade.agreement.seller, seller)
    _party(invoice.trade.agreement.buyer, buyer)
    for row in known.figures.rows:
        invoice.trade.items.add(_line(row))
    _settlement(invoice, known, seller)
    return cast(bytes, invoice.serialize(schema=SCHEMA))


def _party(party: Any, company: Company) -> None:  # Any: the library has no types
    party.name = company.legal_name or company.name
    party.address.line_one = company.street
    party.address.postcode, party.address.city_name = company.postcode, company.city
    party.address.country_id = company.country
    if company.registration_number:
        party.legal_organization.id = company.registration_number
    if company.tax_number:
        party.tax_registrations.add(TaxRegistration(id=("VA", company.tax_number)))


def _line(row: Row) -> LineItem:
    line, unit = LineItem(), UNITS.get(row.unit.strip(". ").lower(), PIECES)
    is_reduced = bool(row.discount and row.quantity)
    price = (row.net / row.quantity).quantize(FINE) if is_reduced else row.price
    line.document.line_id = str(row.number)
    line.product.name = row.name
    line.agreement.net.amount = price
    line.agreement.net.basis_quantity = (Decimal(1), unit)
    line.delivery.billed_quantity = (row.quantity, unit)
    line.settlement.trade_tax.type_code = "VAT"
    line.settlement.trade_tax.category_code = _category(row.tax_rate)
    line.settlement.trade_tax.rate_applicable_percent = row.tax_rate.quantize(CENTS)
    line.settlement.monetary_summation.total_amount = row.net
    return line


def _settlement(invoice: CrossIndustryInvoice, known: Known, seller: Company) -> None:
    settlement, figures = invoice.trade.settlement, known.figures
    settlement.currency_code = figures.currency
    for tax in figures.taxes:
        settlement.trade_tax.add(_tax(tax))
    if seller.iban:
        means = PaymentMeans(type_code=CREDIT_TRANSFER)
        means.payee_account.iban = seller.iban
        settlement.payment_means.add(means)
    due = cast(date, known.values["due"])
    settlement.terms.add(PaymentTerms(due=due))
    sums = settlement.monetary_summation
    sums.line_total, sums.tax_basis_total = figures.net, figures.net
    sums.charge_total, sums.allowance_total = Decimal(0), Decimal(0)
    sums.tax_total = (figures.tax, figures.currency)
    sums.grand_total, sums.due_amount = figures.gross, figures.gross


def _tax(tax: rules.Tax) -> ApplicableTradeTax:
    return ApplicableTradeTax(
        calculated_amount=tax.amount,
        type_code="VAT",
        basis_amount=tax.base,
        category_code=_category(tax.rate),
        rate_applicable_percent=tax.rate.quantize(CENTS),
    )


def _category(rate: Decimal) -> str:
    """Return the category of UNTDID 5305: standard rate, or zero rated."""
    return "S" if rate else "Z"


_NAMESPACE = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
_TOLD = {
    "DocumentType": "INVOICE",
    "DocumentFileName": "factur-x.xml",
    "Version": "1.0",
    "ConformanceLevel": "EN 16931",
}
_PROPERTY = (
    '<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>'
    "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
    "<pdfaProperty:category>external</pdfaProperty:category>"
    "<pdfaProperty:description>{name}</pdfaProperty:description></rdf:li>"
)
_SCHEMA = (
    '<rdf:li rdf:parseType="Resource">'
    "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
    f"<pdfaSchema:namespaceURI>{_NAMESPACE}</pdfaSchema:namespaceURI>"
    "<pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>"
    + "".join(_PROPERTY.format(name=name) for name in _TOLD)
    + "</rdf:Seq></pdfaSchema:property></rdf:li>"
)
_DESCRIPTION = (
    f'<rdf:Description rdf:about="" xmlns:fx="{_NAMESPACE}">'
    + "".join(f"<fx:{name}>{value}</fx:{name}>" for name, value in _TOLD.items())
    + "</rdf:Description>"
)


def told_in_metadata(pdf: bytes) -> bytes:
    """Say in the PDF's metadata (XMP) that it carries a Factur-X invoice."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        told = opened.Root.Metadata.read_bytes().decode()
        schemas, end = "<pdfaExtension:schemas><rdf:Bag>", "</rdf:RDF>"
        told = told.replace(schemas, schemas + _SCHEMA, 1).replace(end, _DESCRIPTION + end, 1)
        opened.Root.Metadata.write(told.encode())
        opened.save(out)
    return out.getvalue()
