"""Word templates of the demo company, one a language, and what was made of its deals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell

from paraph.documents.actions.generating import generate_document, regenerate_document
from paraph.documents.actions.templating import create_template
from paraph.documents.choices import Order, TemplateCard
from paraph.documents.converting import availability
from paraph.documents.intake import Upload
from paraph.documents.models import Document, DocumentClass, Series, Template
from paraph.documents.shipped import SERIES
from paraph.sales.models import Deal

from .staff import Staff

_FONT = "Liberation Sans"
_WIDTHS = (Mm(80), Mm(26), Mm(30), Mm(30))


@dataclass(frozen=True)
class Offer:
    """The words of an offer in one language."""

    language: str
    name: str
    file_name: str
    greeting: str
    intro: str
    head: tuple[str, str, str, str]
    net: str
    tax: str
    total: str
    words: str
    comment: str
    delivery: str
    closing: str
    sign: str


OFFERS = (
    Offer(
        "fr",
        "Devis",
        "Devis Atelier Lumière.docx",
        "Madame, Monsieur,",
        "Voici notre proposition pour « {deal.title} », valable jusqu’au {today|plus:30}.",
        ("Désignation", "Quantité", "Prix unitaire", "Montant HT"),
        "Total HT",
        "TVA {tax_rows.rate}",
        "Total TTC",
        "Soit {totals.gross|words}.",
        "Remarques : {deal.comment}",
        "Lieu de livraison : {ask:Lieu de livraison|default:à convenir}",
        "Avec nos salutations les meilleures,",
        "Bon pour accord, {company.name}",
    ),
    Offer(
        "pl",
        "Oferta",
        "Oferta Atelier Lumière.docx",
        "Szanowni Państwo,",
        "oto nasza propozycja: „{deal.title}”, ważna do {today|plus:30}.",
        ("Nazwa", "Ilość", "Cena netto", "Wartość netto"),
        "Razem netto",
        "VAT {tax_rows.rate}",
        "Razem brutto",
        "Słownie: {totals.gross|words}.",
        "Uwagi: {deal.comment}",
        "Miejsce dostawy: {ask:Miejsce dostawy|default:do uzgodnienia}",
        "Z poważaniem",
        "Akceptuję, {company.name}",
    ),
    Offer(
        "en",
        "Offer letter",
        "Offer Atelier Lumière.docx",
        "Dear {contact.name},",
        "This is what we propose for “{deal.title}”. It stands until {today|plus:30}.",
        ("Item", "Quantity", "Unit price", "Net"),
        "Net",
        "Tax {tax_rows.rate}",
        "Total",
        "In words: {totals.gross|words}.",
        "Remarks: {deal.comment}",
        "Place of delivery: {ask:Place of delivery|default:to be agreed}",
        "Yours faithfully,",
        "Accepted, {company.name}",
    ),
)


def make(staff: Staff, deals: Mapping[str, Deal]) -> None:
    """Add an offer in each language, and make documents of some deals."""
    offers = {offer.language: _added(offer, staff) for offer in OFFERS}
    invoice = Template.objects.get(built_in="invoice")
    made = (
        ("Éclairage du fournil et de la boutique", "fr"),
        ("Oświetlenie salonu meblowego", "pl"),
        ("Head office lighting", "en"),
    )
    orders = [Order(invoice, deals[title], language) for title, language in made]
    documents = [_made(order, staff) for order in orders]
    _made_again(documents[0], orders[0], staff)
    if availability().is_ready:
        place = {"ask:Lieu de livraison": "Lyon, sur chantier"}
        deal = deals["Éclairage du fournil et de la boutique"]
        _made(Order(offers["fr"], deal, "fr", place), staff)


def _added(offer: Offer, staff: Staff) -> Template:
    series = Series.objects.filter(name=str(SERIES["offer"])).first()
    card = TemplateCard(
        offer.name,
        staff.seller,
        language=offer.language,
        document_class=DocumentClass.OFFER,
        series=series,
    )
    upload = Upload(offer.file_name, word_of(offer))
    person = staff.seller
    return create_template(card, upload, person=person, by=person.actor, at=datetime.now(UTC))


def _made(order: Order, staff: Staff) -> Document:
    person = order.deal.responsible
    return generate_document(order, responsible=person, by=person.actor, at=datetime.now(UTC))


def _made_again(document: Document, order: Order, staff: Staff) -> None:
    """Let an invoice say something else than before, so that *What changed* has something."""
    typed = {"deal.title": f"{order.deal.title}, première tranche"}
    by, at = order.deal.responsible.actor, datetime.now(UTC)
    regenerate_document(document, replace(order, typed=typed), by=by, at=at)


def word_of(offer: Offer) -> bytes:
    """Return the Word file of an offer, as somebody would write it."""
    document = docx.Document()
    _set_up(document, offer)
    document.add_paragraph("{my.name}\n{my.address}").runs[0].font.size = Pt(9)
    document.add_paragraph("{company.name}\n{company.address}")
    title = document.add_heading(f"{offer.name} {{number}}", level=1)
    title.runs[0].font.color.rgb = RGBColor(0x1F, 0x4E, 0x5F)
    title.runs[0].font.name = _FONT
    document.add_paragraph("{today}")
    for text in (offer.greeting, offer.intro):
        document.add_paragraph(text)
    _rows(document.add_table(rows=2, cols=4), offer)
    document.add_paragraph()
    _sums(document.add_table(rows=3, cols=2), offer)
    document.add_paragraph(offer.words)
    document.add_paragraph(offer.delivery)
    for text in ("{#if deal.comment}", offer.comment, "{/if}", offer.closing):
        document.add_paragraph(text)
    _signatures(document.add_table(rows=1, cols=2), offer)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Word, offer: Offer) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10)
    document.core_properties.title, document.core_properties.language = offer.name, offer.language
    section.header.paragraphs[0].text = "{image:logo}"
    section.footer.paragraphs[0].text = "{my.name} · {my.tax_number} · {my.iban}"


def _rows(table: Table, offer: Offer) -> None:
    table.style = "Light List"
    body = ("{rows.name}", "{rows.quantity} {rows.unit}", "{rows.price}", "{rows.net}")
    for row, texts in zip(table.rows, (offer.head, body), strict=True):
        _fill(row.cells, texts, right_from=1)


def _sums(table: Table, offer: Offer) -> None:
    pairs = (
        (offer.net, "{totals.net}"),
        (offer.tax, "{tax_rows.amount}"),
        (offer.total, "{totals.gross}"),
    )
    for row, pair in zip(table.rows, pairs, strict=True):
        _fill(row.cells, pair, right_from=0)
    for cell in table.rows[-1].cells:
        cell.paragraphs[0].runs[0].bold = True


def _fill(cells: Sequence[_Cell], texts: Sequence[str], *, right_from: int) -> None:
    for number, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.text = text
        if right_from:
            cell.width = _WIDTHS[number]
        if number >= right_from:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _signatures(table: Table, offer: Offer) -> None:
    table.rows[0].cells[0].text = "{my.director}, {my.director_position}\n\n{{sign:us}}"
    table.rows[0].cells[1].text = f"{offer.sign}\n\n{{{{sign:client}}}}"
