"""A phone as drawing pad: its token opens one place, once, for minutes, and names nobody."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from paraph.kit import files
from paraph.signing.access import open_pad
from paraph.signing.actions.lending import keep_drawing, lend_pad
from paraph.signing.models import Field, SigningSession
from paraph.signing.refusals import CannotSave, LinkExpired
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(cast: Cast) -> SigningSession:
    return make.session(make.party(make.sent(cast), name="Erin"))


def _place(session: SigningSession) -> Field:
    return Field.objects.get(party=session.link.party)


def test_a_pad_draws_once_into_its_place(session: SigningSession) -> None:
    token, picture = lend_pad(session, field=_place(session), at=NOON), files.put(make.png())

    keep_drawing(open_pad(token, at=NOON), picture=picture, at=NOON)

    assert _place(session).picture == picture
    with pytest.raises(LinkExpired):
        open_pad(token, at=NOON)


def test_a_pad_is_over_after_five_minutes_or_when_another_is_lent(
    session: SigningSession,
) -> None:
    first = lend_pad(session, field=_place(session), at=NOON)
    second = lend_pad(session, field=_place(session), at=NOON + MINUTE)

    with pytest.raises(LinkExpired):
        open_pad(first, at=NOON + MINUTE)
    with pytest.raises(LinkExpired):
        open_pad(second, at=NOON + 6 * MINUTE)


def test_a_pad_ends_with_the_session_that_lent_it(cast: Cast, session: SigningSession) -> None:
    token = lend_pad(session, field=_place(session), at=NOON)
    SigningSession.objects.update(seen_at=NOON - timedelta(hours=1))

    with pytest.raises(LinkExpired):
        open_pad(token, at=NOON)


def test_a_pad_is_lent_for_ones_own_places_alone(cast: Cast, session: SigningSession) -> None:
    other = Field.objects.get(party=make.party(session.link.party.envelope, name="Frank"))

    with pytest.raises(CannotSave):
        lend_pad(session, field=other, at=NOON)


def test_the_phones_page_names_nobody_and_a_get_uses_nothing(client: Client, cast: Cast) -> None:
    at = timezone.now()
    session = make.session(make.party(make.sent(cast, at=at), name="Erin"), at=at)
    token = lend_pad(session, field=_place(session), at=at)

    pages = [client.get(f"/d/{token}/").content.decode() for _look in range(3)]
    drawn = SimpleUploadedFile("drawn.png", make.png(), content_type="image/png")
    answer = client.post(f"/d/{token}/", {"picture": drawn})

    assert not re.search("Erin|Lindqvist|example.org", pages[-1])
    assert answer.status_code == 200
    assert client.get(f"/d/{token}/").status_code == 410
    assert _place(session).picture
