"""What a group action changes in many documents at once can be taken back, by who still may."""

from datetime import timedelta
from typing import Any

import pytest

from paraph.batches.actions import advance_batch, begin_batch, undo_batch
from paraph.batches.models import Batch
from paraph.kit.listing import Selection
from paraph.people.access import Level, Right, Section
from paraph.people.models import Grant
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

LATER = NOON + timedelta(days=30)


def _done(cast: Cast, kind: str, envelope: Envelope, **given: Any) -> Batch:
    given = {"selection": Selection(ids=(envelope.pk,)).to_json(), **given}
    batch = begin_batch(f"envelopes.{kind}", given=given, total=1, owner=cast.alice, at=NOON)
    while advance_batch(batch, at=NOON):
        pass
    batch.refresh_from_db()
    return batch


def _lose(right: Right) -> None:
    Grant.objects.filter(section=Section.DOCUMENTS, right=right).delete()


def test_what_was_handed_over_goes_back_to_its_owner(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    Grant.objects.filter(section=Section.DOCUMENTS).update(level=Level.OWN)
    batch = _done(cast, "hand-over", envelope, responsible=cast.bob.pk)

    undo_batch(batch, by=cast.alice.actor, at=NOON)

    assert Envelope.objects.get(pk=envelope.pk).responsible == cast.alice


def test_who_may_edit_no_more_takes_nothing_back(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    batch = _done(cast, "hand-over", envelope, responsible=cast.bob.pk)
    _lose(Right.EDIT)

    undo_batch(batch, by=cast.alice.actor, at=NOON)

    assert Envelope.objects.get(pk=envelope.pk).responsible == cast.bob


def test_who_may_send_no_more_takes_no_deadline_back(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank > Erin")
    batch = _done(cast, "extend", envelope, until_at=LATER.isoformat())
    _lose(Right.SEND)

    undo_batch(batch, by=cast.alice.actor, at=NOON)

    assert Envelope.objects.get(pk=envelope.pk).deadline_at == LATER
