"""The invoice for machines: the same figures as the paper, in a shape that its schema accepts."""

from decimal import Decimal
from io import BytesIO

import pikepdf
from lxml import etree

from paraph.contacts.models import Company
from paraph.documents.actions.generating import generate_document
from paraph.documents.choices import Order
from paraph.documents.models import Template
from paraph.kit import files
from tests.cast import Cast
from tests.moments import NOON
from tests.sales.deals import with_rows

NAMES = {
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
}


def _invoice(cast: Cast) -> pikepdf.Pdf:
    order = Order(Template.objects.get(built_in="invoice"), with_rows(cast, "100", "49.99"), "en")
    document = generate_document(order, responsible=cast.alice, by=cast.alice.actor, at=NOON)
    return pikepdf.open(BytesIO(files.get(document.revisions.latest("number").sha256)))


def _said(xml: bytes, name: str) -> list[str]:
    return [str(it.text) for it in etree.fromstring(xml).iterfind(f".//ram:{name}", NAMES)]


def test_an_invoice_carries_itself_for_machines(cast: Cast) -> None:
    Company.objects.filter(pk=cast.company.pk).update(
        tax_number="FR83404833048", street="12 rue de la Soie", postcode="69001", city="Lyon"
    )

    with _invoice(cast) as pdf:
        xml = pdf.attachments["factur-x.xml"].get_file().read_bytes()
        told = pdf.Root.Metadata.read_bytes().decode()

    assert _said(xml, "GrandTotalAmount") == ["179.99"]
    assert _said(xml, "TaxBasisTotalAmount") == ["149.99"]
    assert sum(Decimal(it) for it in _said(xml, "CalculatedAmount")) == Decimal("30.00")
    assert "FR83404833048" in _said(xml, "SpecifiedTaxRegistration/ram:ID")
    assert "<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>" in told
    assert "<pdfuaid:part>1</pdfuaid:part>" in told


def test_without_the_sellers_tax_number_there_is_none(cast: Cast) -> None:
    Company.objects.filter(pk=cast.company.pk).update(tax_number="")

    with _invoice(cast) as pdf:
        assert list(pdf.attachments) == []
