"""A date stands in the contract the way its party writes dates."""

import pytest

from paraph.documents.text import page_words
from paraph.people.models import Employee
from paraph.signing import queries
from paraph.signing.actions.fields import replace_fields
from paraph.signing.actions.sending import send_envelope
from paraph.signing.choices import Placement
from paraph.signing.models import Field, FieldKind
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", "2 mars 2026"), ("pl", "2 marca 2026"), ("en", "2 March 2026")],
)
def test_a_date_is_written_in_the_partys_language(cast: Cast, language: str, written: str) -> None:
    Employee.objects.update(language=language)
    cast.erin.refresh_from_db()
    envelope = make.draft(cast)
    erin = make.party(envelope, name="Erin")
    document = queries.documents_of(envelope)[0]
    kept = [
        Placement(it.party_id, it.document_id, it.kind, it.page, it.x, it.y, it.width, it.height)
        for it in Field.objects.filter(party__envelope=envelope)
    ]
    placement = Placement(erin.pk, document.pk, FieldKind.DATE, 1, 60.0, 300.0, 120.0, 22.0)
    replace_fields(envelope, placements=[*kept, placement])
    send_envelope(envelope, by=cast.alice.actor, at=NOON)

    make.act(make.party(envelope, name="Erin"))

    words = page_words(queries.newest_revision(document), 1)
    assert written in " ".join(word.text for word in words)
