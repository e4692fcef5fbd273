"""The third step of *+ Sign*: places are kept as they lie, and suggested where some miss."""

import json
from typing import Any

import pytest
from django.test import Client

from paraph.signing import queries
from paraph.signing.models import Envelope, Field
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

HTMX = {"HX-Request": "true"}


def _place(envelope: Envelope, **others: object) -> dict[str, Any]:
    return {
        "id": None,
        "party_id": queries.parties_of(envelope)[0].pk,
        "document_id": queries.documents_of(envelope)[0].pk,
        "kind": "text",
        "page": 1,
        "x": 72,
        "y": 100,
        "width": 170,
        "height": 22,
        "label": "Place",
        "is_required": False,
        **others,
    }


def _save(client: Client, envelope: Envelope, *places: dict[str, Any]) -> Any:
    return client.post(
        f"/envelopes/{envelope.pk}/fields/save/",
        json.dumps({"fields": places}),
        content_type="application/json",
        headers=HTMX,
    )


def test_places_are_kept_exactly_as_they_lie(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)

    kept = _save(client, envelope, _place(envelope), _place(envelope, kind="date", y=300))

    assert [field["kind"] for field in kept.json()["fields"]] == ["text", "date"]
    text = Field.objects.get(kind="text")
    assert (text.x, text.y, text.label, text.is_required) == (72, 100, "Place", False)
    assert Field.objects.count() == 2


def test_a_suggestion_adds_what_is_missing_and_keeps_what_is_placed(
    client: Client, cast: Cast
) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)
    placed = list(Field.objects.values_list("pk", "kind", "x", "y").order_by("pk"))

    client.post(f"/envelopes/{envelope.pk}/fields/suggest/")
    again = client.post(f"/envelopes/{envelope.pk}/fields/suggest/", follow=True)

    now = Field.objects.values_list("pk", "kind", "x", "y").order_by("pk")
    assert list(now)[: len(placed)] == placed
    assert sorted(now.values_list("kind", flat=True)) == ["signature"] * 2 + ["stamp"] * 2
    assert "Every party has a stamp and a signature already." in again.content.decode()


def test_a_suggestion_that_a_page_puts_itself_places_nothing_yet(
    client: Client, cast: Cast
) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)
    before = Field.objects.count()

    address = f"/envelopes/{envelope.pk}/fields/suggest/"
    answer = client.post(address, headers={"Accept": "application/json"})

    assert {it["kind"] for it in answer.json()["fields"]} == {"signature", "stamp"}
    assert Field.objects.count() == before


def test_nonsense_instead_of_places_changes_nothing(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)

    for wrong in ({"x": "left"}, {"page": 99}, {"width": -5}, {"party_id": 0}, {"x": None}):
        response = _save(client, envelope, _place(envelope, **wrong))

        assert response.status_code in {409, 422}, wrong
    assert Field.objects.filter(kind="signature").count() == 2


def test_what_is_placed_reads_as_it_is_kept(client: Client, cast: Cast) -> None:
    envelope = make.draft(cast)
    client.force_login(cast.alice)
    options = ["\u202eoN", "Yes"]

    _save(client, envelope, _place(envelope, kind="choice", label="a\u202eb", options=options))

    kept = Field.objects.get(kind="choice")
    assert (kept.label, kept.options) == ("ab", ["oN", "Yes"])
