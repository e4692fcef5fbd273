"""Where an envelope stands, as lists and the board read it without asking its parties."""

from datetime import timedelta

import pytest

from paraph.signing.actions.following import cancel_envelope
from paraph.signing.models import Envelope, Standing
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

LATER = NOON + timedelta(hours=5)


def _standing(envelope: Envelope) -> str:
    return Envelope.objects.get(pk=envelope.pk).standing


@pytest.mark.slow
def test_an_envelope_stands_with_us_then_with_the_client_then_signed(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin > Frank")
    assert _standing(envelope) == Standing.WITH_US

    make.act(make.party(envelope, name="Erin"), at=LATER)
    assert _standing(envelope) == Standing.WITH_CLIENT

    make.act(make.party(envelope, name="Frank"), at=LATER)
    assert _standing(envelope) == Standing.COMPLETED


def test_a_cancelled_one_waits_for_nobody(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin > Frank")
    assert Envelope.objects.get(pk=envelope.pk).unread_since is not None

    cancel_envelope(envelope, reason="", by=cast.alice.actor, at=LATER)

    kept = Envelope.objects.get(pk=envelope.pk)
    assert (kept.standing, kept.stands_since) == (Standing.CANCELLED, LATER)
    assert kept.unread_since is None


def test_who_looks_and_does_not_sign_is_told_apart_from_who_never_looked(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank, Grace > Erin")
    make.session(make.party(envelope, name="Frank"), at=LATER)

    kept = Envelope.objects.get(pk=envelope.pk)
    assert kept.read_since == LATER
    assert kept.unread_since == make.party(envelope, name="Grace").asked_at


def test_a_list_names_the_client_and_their_company(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Erin > Frank")
    frank = make.party(envelope, name="Frank")

    assert Envelope.objects.get(pk=envelope.pk).client_name.startswith(frank.name)
