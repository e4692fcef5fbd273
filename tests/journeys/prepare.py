"""Makes what the journeys of preparing begin with; prints it as JSON."""

import json
from datetime import UTC, datetime

from paraph.documents.models import Document, Template
from paraph.signing.actions.sending import send_envelope
from tests import make
from tests.cast import Cast
from tests.journeys.send import known_cast
from tests.sales import deals

NAMES = ("mouse", "keys", "phone")


def prepare() -> dict[str, int]:
    """Make a draft for each journey, and a second invoice of a template that was sent once."""
    cast, at = known_cast(), datetime.now(UTC)
    drafts = {
        name: make.draft(cast, title=name, documents=[_document(cast, name)], at=at).pk
        for name in NAMES
    }
    template = Template.objects.create(
        name="Invoice", responsible=cast.alice, created_at=at, edited_at=at
    )
    first, second = (_invoice(cast, number, template) for number in ("2026-1", "2026-2"))
    send_envelope(make.draft(cast, documents=[first], at=at), by=cast.alice.actor, at=at)
    return drafts | {"invoice": second.pk}


def _document(cast: Cast, title: str) -> Document:
    return make.document(cast.alice, title=title, pages=2)


def _invoice(cast: Cast, number: str, template: Template) -> Document:
    document = _document(cast, f"Invoice {number}")
    document.template, document.number = template, number
    document.deal = deals.deal(cast, title=f"Order {number}")
    document.save()
    return document


if __name__ == "__main__":
    print(json.dumps(prepare()))
