"""What changed between two files, in words; layout and unchanged paragraphs are not told."""

from datetime import timedelta

import pytest
from django.test import Client

from paraph.documents.actions.generating import generate_document, regenerate_document
from paraph.documents.choices import Order
from paraph.documents.comparing import Kind, Passage, what_changed
from paraph.documents.models import Document, Template
from tests.cast import Cast
from tests.moments import NOON
from tests.sales.deals import with_rows

pytestmark = pytest.mark.slow


def made_twice(cast: Cast) -> Document:
    """Make an invoice, and make it again when its subject and its client have changed."""
    deal = with_rows(cast, "100", "49.99")
    order = Order(Template.objects.get(built_in="invoice"), deal, language="en")
    document = generate_document(order, responsible=cast.alice, by=cast.alice.actor, at=NOON)
    typed = {"deal.title": "Twelve oak chairs", "my.bank": "Bank of the North"}
    other = Order(order.template, deal, language="en", typed=typed)
    later = NOON + timedelta(hours=1)
    regenerate_document(document, other, by=cast.alice.actor, at=later)
    return document


def said(passages: list[Passage], kind: Kind) -> str:
    return " ".join(it.text for one in passages for it in one.pieces if it.kind is kind)


def test_what_a_document_made_again_says_otherwise_is_shown(client: Client, cast: Cast) -> None:
    document = made_twice(cast)
    before, after = document.revisions.order_by("number")

    found = what_changed(before, after)
    client.force_login(cast.alice)
    page = client.get(f"/documents/{document.pk}/changes/").content.decode()
    client.force_login(cast.mallory)
    hidden = client.get(f"/documents/{document.pk}/changes/")

    assert "Twelve oak chairs" in said(list(found.passages), Kind.COME)
    assert "Twelve" not in said(list(found.passages), Kind.GONE)
    assert found.is_whole and all(one.page_after == 1 for one in found.passages)
    assert what_changed(after, after).passages == []
    assert "Twelve oak chairs</ins>" in page and "This document, as of" in page
    assert hidden.status_code == 404
