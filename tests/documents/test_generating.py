"""Tests of documents made from templates: what is asked, what is made, how it is numbered."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest
from docx.document import Document as Word

from paraph.documents import making
from paraph.documents.actions import generating, templating
from paraph.documents.actions.series import create_series, edit_series
from paraph.documents.choices import Order, TemplateCard
from paraph.documents.filling import gaps
from paraph.documents.gathering import gathered, known_names
from paraph.documents.intake import Upload
from paraph.documents.making import tokens_of
from paraph.documents.models import Document, IssuedNumber, Template
from paraph.documents.numbering import SeriesCard, upcoming
from paraph.documents.refusals import CannotGenerate, CannotSaveSeries
from paraph.journal.actors import Actor
from paraph.kit import files
from paraph.kit.canonical import NotCanonical
from paraph.people.models import Employee
from tests import tables
from tests.cast import Cast, gather
from tests.documents.office import needs_office
from tests.documents.word import table_of, texts_of, word
from tests.hosts import INSTALLATION, Host
from tests.moments import NOON
from tests.parallel import at_once
from tests.parallel import file_database as file_database
from tests.parallel import postgres_database as postgres_database
from tests.sales.deals import with_rows

pytestmark = pytest.mark.slow


def invoice() -> Template:
    return Template.objects.get(built_in="invoice")


def letter(build: Callable[[Word], object], cast: Cast, **card: Any) -> Template:
    upload = Upload("letter.docx", word(build))
    written = TemplateCard("Letter", cast.alice, **card)
    by = cast.alice.actor
    return templating.create_template(written, upload, person=cast.alice, by=by, at=NOON)


def said(document: Document) -> str:
    """Return the words of the first page, every space a plain one."""
    pdf = pypdfium2.PdfDocument(files.get(document.revisions.latest("number").sha256))
    return " ".join(pdf[0].get_textpage().get_text_range().split())


def made(order: Order, person: Employee, at: datetime = NOON) -> Document:
    return generating.generate_document(order, responsible=person, by=person.actor, at=at)


def test_a_built_in_invoice_says_what_the_deal_says(cast: Cast) -> None:
    deal = with_rows(cast, "100", "49.99")

    document = made(Order(invoice(), deal, "fr"), cast.alice)

    shown = said(document)
    assert document.number == f"{NOON:%Y}-0001"
    assert document.deal == deal
    for text in (document.number, "Lamp 49.99", "149,99", "179,99", "Frank"):
        assert text in shown
    words = document.generated.values["totals.gross|words"]
    assert words.startswith("cent soixante-dix-neuf euros et quatre-vingt-dix-neuf")


def test_a_word_template_is_filled_and_its_docx_kept(cast: Cast) -> None:
    def build(doc: Word) -> None:
        doc.add_paragraph("Dear {contact.name|initials}, {ask:Place of delivery}")
        doc.add_paragraph("{#if company.iban}IBAN{/if}{#if not company.iban}No IBAN{/if}")
        table_of(doc, ("{rows.number}", "{rows.name}", "{rows.net}"))

    template = letter(build, cast, language="en")
    order = Order(template, with_rows(cast, "100"), "en", {"ask:Place of delivery": "Lyon"})
    known = generating.known_for(order, number="", at=NOON)
    version = template.versions.get()

    filled = making.fill_word(version, known, title="Letter")

    document = docx.Document(BytesIO(filled))
    assert texts_of(document)[:2] == ["Dear F. Kowalski, Lyon", "No IBAN"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["1", "Lamp 100", "€100.00"]


@needs_office
@pytest.mark.slow
def test_a_word_template_becomes_a_pdf_and_the_word_file_is_kept(cast: Cast) -> None:
    template = letter(lambda doc: doc.add_paragraph("Dear {contact.name} {{sign:client}}"), cast)

    document = made(Order(template, with_rows(cast, "100"), "en"), cast.alice)

    assert said(document) == "Dear Frank Kowalski {{sign:client}}"
    kept = docx.Document(BytesIO(files.get(document.generated.docx)))
    assert texts_of(kept) == ["Dear Frank Kowalski {{sign:client}}"]
    assert (document.number, document.source) == ("", "generated")


def test_missing_values_and_questions_are_listed(cast: Cast) -> None:
    template = letter(
        lambda doc: doc.add_paragraph("{company.tax_number} {ask:Warranty} {contact.position}"),
        cast,
    )
    deal = with_rows(cast, "5")
    known = gathered(deal, on=date(2026, 3, 5), language="en", number="")

    found = gaps(tokens_of(template, template.versions.get()), known, known_names())

    assert [(gap.label, gap.is_missing) for gap in found] == [
        ("Tax number", True),
        ("Warranty", True),
        ("Position", False),
    ]


def test_a_template_with_a_mistake_is_kept_and_not_used(cast: Cast) -> None:
    template = letter(lambda doc: doc.add_paragraph("Dear {contct.name}"), cast)

    problem = template.versions.get().problems[0]
    assert (problem["written"], problem["meant"]) == ("contct.name", "contact.name")
    with pytest.raises(CannotGenerate):
        made(Order(template, with_rows(cast, "5"), "en"), cast.alice)
    upload = Upload("letter.docx", word(lambda doc: doc.add_paragraph("Dear {contact.name}")))
    by = cast.alice.actor
    templating.add_version(template, upload, person=cast.alice, by=by, at=NOON)
    assert Template.objects.offered().filter(pk=template.pk).exists()


def test_making_it_again_keeps_the_number_and_follows_the_deal(cast: Cast) -> None:
    order = Order(invoice(), with_rows(cast, "100"), "en")
    document = made(order, cast.alice)
    again = Order(order.template, order.deal, "en", {"deal.title": "Better lamps"})

    later = NOON + timedelta(days=400)
    generating.regenerate_document(document, again, by=cast.alice.actor, at=later)

    document.refresh_from_db()
    assert document.number == f"{NOON:%Y}-0001"
    assert "Better lamps" in said(document)
    assert document.generated.times == 2
    assert IssuedNumber.objects.count() == 1


def test_a_series_begins_again_with_the_day_of_the_installation(cast: Cast) -> None:
    by = cast.alice.actor
    card = SeriesCard("Daily", prefix="{yyyy}{mm}{dd}/", padding=2, step=5, start=5, reset="day")
    series = create_series(card, by=by, at=NOON)
    template = invoice()
    template.series = series
    template.save()
    order = Order(template, with_rows(cast, "1"), "en")
    # In Paris it is the 6th already at 23:30 UTC of the 5th.
    moments = [datetime(2026, 3, 5, hour, 30, tzinfo=UTC) for hour in (9, 10, 23)]

    numbers = [made(order, cast.alice, at=at).number for at in moments]

    assert numbers == ["20260305/05", "20260305/10", "20260306/05"]


def test_a_rule_that_repeats_numbers_is_refused(cast: Cast) -> None:
    by = cast.alice.actor
    with pytest.raises(CannotSaveSeries):
        create_series(SeriesCard("Bad", prefix="F-", reset="year"), by=by, at=NOON)
    series = create_series(SeriesCard("Good", prefix="F-", reset="never"), by=by, at=NOON)
    edit_series(series, SeriesCard("Good", start=40, reset="never"), by=by, at=NOON)

    series.refresh_from_db()
    assert upcoming(series, date(2026, 3, 5)).text == "0040"


@pytest.mark.slow
@pytest.mark.usefixtures("file_database")
def test_fifty_at_once_get_fifty_numbers_without_a_gap() -> None:
    _give_fifty_at_once()


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_database")
def test_fifty_at_once_get_fifty_numbers_on_postgresql_too() -> None:
    _give_fifty_at_once()


def _give_fifty_at_once() -> None:
    cast = gather()
    order = Order(invoice(), with_rows(cast, "10"), "en")

    at_once(lambda _number: made(order, cast.alice), times=50)

    values = list(IssuedNumber.objects.order_by("value").values_list("value", flat=True))
    assert values == list(range(1, 51))
    assert Document.objects.exclude(number="").count() == 50


@pytest.mark.slow
def test_a_process_killed_while_it_takes_a_number_leaves_no_gap(tmp_path: Path) -> None:
    tables.furnish(tmp_path)
    own = {"PARAPH_DATA": str(tmp_path), "DATABASE_URL": "", "PARAPH_JOBS": "inline"}
    environment = {**os.environ, **own}

    with closing(Host(*INSTALLATION, environment=environment)) as host:
        first, killed, last = (
            host.run("tests.documents.crashing", environment={**environment, **fault})
            for fault in ({}, {"PARAPH_FAULT": "number-taken"}, {})
        )

    assert killed.returncode == -signal.SIGKILL
    assert json.loads(first.stdout.splitlines()[-1]) == [[1], 1]
    assert json.loads(last.stdout.splitlines()[-1]) == [[1, 2], 2]


def test_a_number_is_not_used_up_when_storing_fails(cast: Cast) -> None:
    order = Order(invoice(), with_rows(cast, "10"), "en")
    nobody = Actor("employee", 2**70, "Nobody")  # of whom no fact can tell

    with pytest.raises(NotCanonical):
        generating.generate_document(order, responsible=cast.alice, by=nobody, at=NOON)

    assert not IssuedNumber.objects.exists()
    assert made(order, cast.alice).number == f"{NOON:%Y}-0001"
