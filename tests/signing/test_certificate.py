"""The certificate of completion: what it says, in which languages, and what it keeps back."""

import re
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from django.db.models import F

from paraph.kit import files
from paraph.signing import queries, revisions
from paraph.signing.certificate.content import CELLS, Subject, content_of, in_words
from paraph.signing.certificate.entries import masked_address, shortened
from paraph.signing.certificate.typesetting import typeset
from paraph.signing.models import Act, Party
from tests import make
from tests.cast import Cast
from tests.moments import NOON

SUBJECT = Subject(
    code="7K3MQ9ZT4H2BXW8D5",
    title="Contract #1: *not* markup [#] $x$",
    page_count=3,
    sha256="ab" * 32,
    company="Ardent SAS",
    sent_at=NOON,
    is_trial=False,
)


def people(*languages: str) -> list[Party]:
    return [
        Party(pk=number, key=f"p{number}", name=f"Person {number}", language=language)
        for number, language in enumerate(languages, start=1)
    ]


def text_of(pdf: bytes, *, page: int = 0) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        if opened.get_formtype():
            opened.init_forms()
            opened[page].flatten()
        return str(opened[page].get_textpage().get_text_bounded()).replace("\r\n", "\n")
    finally:
        opened.close()


def test_each_party_has_a_place_for_everything_an_act_tells() -> None:
    page = typeset(content_of(SUBJECT, people("en", "pl")))

    names = {room.name for room in page.rooms}
    assert names == {f"p{number}{cell}" for number in (1, 2) for cell, *_rest in CELLS}
    assert all(room.width > 200 and room.height > 10 for room in page.rooms)


def test_many_parties_continue_on_the_next_page() -> None:
    page = typeset(content_of(SUBJECT, people(*["en"] * 9)))

    assert {room.page for room in page.rooms} >= {1, 2}


def test_a_title_is_text_and_never_markup() -> None:
    page = typeset(content_of(SUBJECT, people("en")))

    assert "Contract #1: *not* markup [#] $x$" in text_of(page.pdf)


def test_it_says_that_it_is_not_a_qualified_signature_and_where_to_check() -> None:
    said = " ".join(text_of(typeset(content_of(SUBJECT, people("en"))).pdf).split())

    assert "They are not qualified electronic signatures" in said
    assert "/verify/7K3MQ9ZT4H2BXW8D5" in said
    assert "7K3M-Q9ZT-4H2B-XW8D-5" in said


@pytest.mark.parametrize("is_trial", [True, False])
def test_only_a_trial_is_marked(is_trial: bool) -> None:
    page = typeset(content_of(replace(SUBJECT, is_trial=is_trial), people("en")))

    assert ("TRIAL" in text_of(page.pdf)) is is_trial


def test_a_moment_is_written_as_its_readers_do() -> None:
    french = in_words(NOON, zone="Europe/Paris", language="fr")

    assert french == "2 mars 2026, 13:00:00 (Europe/Paris)"


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("+33612345601", "+33*******01"),
        ("frank@example.org", "f***@example.org"),
        ("", ""),
    ],
)
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked_address(address) == shown


@pytest.mark.parametrize(
    ("ip", "shown"),
    [("203.0.113.9", "203.0.113.*"), ("2001:db8:1:2::3", "2001:0db8:0001:*"), (None, "-")],
)
def test_only_the_network_of_an_address_is_shown(ip: str | None, shown: str) -> None:
    assert shortened(ip) == shown


@pytest.mark.slow
@pytest.mark.django_db
def test_each_act_fills_its_own_part_of_the_certificate(cast: Cast) -> None:
    envelope = make.completed(cast)

    document = queries.documents_of(envelope)[0]
    said = text_of(revisions.heads(envelope)[0].content, page=document.page_count)
    assert "Erin Lindqvist" in said
    assert "One-time code by SMS to +33*******01" in said
    assert "192.0.2.*" in said and "192.0.2.7" not in said
    signed = text_of(revisions.heads(envelope)[0].content)
    assert re.search(r"Frank Kowalski\n\d+ \w+ \d{4}, \d\d:\d\d GMT[+]0\d:00\nParaph ", signed)


@pytest.mark.slow
@pytest.mark.django_db
def test_both_certificates_of_a_document_tell_the_same_moments(cast: Cast) -> None:
    envelope = make.sent(cast)
    make.act(make.party(envelope, name="Erin"))
    Act.objects.update(sealed_at=F("sealed_at") + timedelta(seconds=7))  # a worker with much to do
    make.act(make.party(envelope, name="Frank"))

    document = queries.documents_of(envelope)[0]
    own = files.get(document.revisions.get(kind="certificate").sha256)
    page = text_of(revisions.heads(envelope)[0].content, page=document.page_count)
    moments = [set(re.findall(r"\d\d:\d\d:\d\d UTC", said)) for said in (page, text_of(own))]
    assert moments[0] <= moments[1] and moments[0]
