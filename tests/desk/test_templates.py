"""Tests of the pages about templates, numbering and documents made of a deal."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from paraph.desk.numbering.forms import SeriesForm, rule_of
from paraph.documents.models import Document, DocumentSource, Series, Template
from paraph.people.models import Employee
from tests.cast import Cast
from tests.documents.word import word
from tests.sales.deals import with_rows

pytestmark = pytest.mark.slow


def desk_of(client: Client, person: Employee) -> Client:
    client.force_login(person)
    return client


def upload_of(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("letter.docx", word(lambda doc: doc.add_paragraph(text)))


def test_a_template_is_added_and_its_mistakes_are_shown(client: Client, cast: Cast) -> None:
    desk = desk_of(client, cast.olga)
    typed = {"name": "Letter", "document_class": "other", "responsible": cast.olga.pk}

    answer = desk.post(
        "/templates/new/",
        {**typed, "file": upload_of("Dear {contct.name|initals}"), "is_active": "on"},
        follow=True,
    )

    page = answer.content.decode()
    assert "Did you mean" in page
    assert "<dd>To be mended</dd>" in page
    assert 'data-text="{contact.name|initials}"' in page
    template = Template.objects.get(name="Letter")
    assert b"To be mended" in desk.get("/templates/").content
    desk.post(f"/templates/{template.pk}/versions/", {"file": upload_of("Dear {contact.name}")})
    assert b"Checked" in desk.get(f"/templates/{template.pk}/").content


def test_what_is_no_word_file_is_refused_beside_the_field(client: Client, cast: Cast) -> None:
    typed = {"name": "Letter", "document_class": "other", "responsible": cast.olga.pk}
    file = SimpleUploadedFile("letter.docx", b"PK\x03\x04 nothing")

    answer = desk_of(client, cast.olga).post("/templates/new/", {**typed, "file": file})

    assert answer.status_code == 422
    assert not Template.objects.filter(name="Letter").exists()


def test_the_fields_show_the_values_of_a_deal(client: Client, cast: Cast) -> None:
    deal = with_rows(cast, "100")

    page = desk_of(client, cast.alice).get("/templates/fields/", {"deal": deal.pk})

    assert "€120.00" in page.content.decode()
    assert 'data-text="{totals.gross}"' in page.content.decode()


def test_a_document_is_looked_through_and_made_of_a_deal(client: Client, cast: Cast) -> None:
    deal, invoice = with_rows(cast, "100"), Template.objects.get(built_in="invoice")
    desk, there = desk_of(client, cast.alice), f"/deals/{deal.pk}/documents/new/"
    assert "Invoice" in desk.get(there).content.decode()
    there += f"{invoice.pk}/"
    gaps = desk.get(there).context["form"].gaps
    values = {key: gap.present or "Something" for key, gap in gaps.items()}
    values |= {key: "Lobby" for key, gap in gaps.items() if gap.name == "deal.title"}

    shown = desk.post(there, {**values, "preview": "1", "language": "fr"}).content.decode()
    made = desk.post(there, {**values, "make": "1", "language": "fr"})

    document = Document.objects.get(source=DocumentSource.GENERATED)
    assert made.headers["Location"] == f"/documents/{document.pk}/"
    assert (document.deal, document.generated.language) == (deal, "fr")
    assert document.generated.typed["deal.title"] == "Lobby"
    picture = re.search(r'src="(/documents/previews/[^"]+)"', shown)
    assert picture is not None
    assert desk.get(picture[1]).headers["Content-Type"].startswith("image/")
    assert desk_of(client, cast.erin).get(picture[1]).status_code == 404
    tab = desk_of(client, cast.alice).get(f"/deals/{deal.pk}/documents/").content.decode()
    assert document.title in tab


def test_what_is_missing_is_asked_before_a_document_is_made(client: Client, cast: Cast) -> None:
    deal, invoice = with_rows(cast, "100"), Template.objects.get(built_in="invoice")
    desk, there = desk_of(client, cast.alice), f"/deals/{deal.pk}/documents/new/{invoice.pk}/"

    asked = desk.post(there, {"make": "1", "language": "en"})

    assert asked.status_code == 422
    assert "asks for what nobody wrote yet" in asked.content.decode()
    assert not Document.objects.exists()
    desk.post(there, {"anyway": "1", "language": "en"})
    document = Document.objects.get()
    again = desk.post(f"/documents/{document.pk}/again/", {"anyway": "1", "language": "pl"})
    assert again.status_code == 302
    document.refresh_from_db()
    assert document.generated.times == 2
    assert document.number.endswith("-0001")


@pytest.mark.django_db
def test_a_shipped_name_is_shown_as_read_and_kept_as_shipped() -> None:
    series = Series(name="Invoices")
    with override("fr"):
        shown = rule_of(series)
        form = SeriesForm(shown)

        assert form.is_valid(), form.errors
        assert shown["name"] == "Factures"
        assert form.card(series).name == "Invoices"


@pytest.mark.parametrize("prefix", ["F-{yyyy}-", "F-"])
def test_a_series_is_kept_when_its_rule_repeats_nothing(
    client: Client, cast: Cast, prefix: str
) -> None:
    rule = {"name": "Fees", "before": prefix, "padding": 3, "step": 1, "start": 7, "reset": "year"}

    answer = desk_of(client, cast.olga).post("/numbering/new/", rule, follow=True)

    is_good = "{yyyy}" in prefix
    assert Series.objects.filter(name="Fees").exists() is is_good
    assert ("-007" in answer.content.decode()) is is_good


def test_a_deal_out_of_reach_makes_no_document(client: Client, cast: Cast) -> None:
    deal, invoice = with_rows(cast, "100"), Template.objects.get(built_in="invoice")
    desk = desk_of(client, cast.mallory)

    for tail in ("", f"{invoice.pk}/"):
        assert desk.get(f"/deals/{deal.pk}/documents/new/{tail}").status_code == 404
    assert desk.get(f"/templates/{invoice.pk}/versions/1/").status_code == 404


def test_a_test_print_gives_no_number(client: Client, cast: Cast) -> None:
    deal, invoice = with_rows(cast, "100"), Template.objects.get(built_in="invoice")
    there = f"/templates/{invoice.pk}/print/"

    printed = desk_of(client, cast.alice).get(there, {"deal": deal.pk})

    assert printed.content.startswith(b"%PDF")
    assert invoice.series is not None
    assert not invoice.series.issued.exists()
