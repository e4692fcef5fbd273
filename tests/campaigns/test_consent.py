"""Nobody has agreed until somebody wrote it down, and a no of their own is theirs to take back."""

import pytest

from paraph.campaigns import queries
from paraph.campaigns.actions.consenting import (
    give_consent,
    resubscribe,
    unsubscribe,
    withdraw_consent,
)
from paraph.campaigns.models import Consent, Suppression
from paraph.campaigns.refusals import CannotRecordConsent, NoSuchSubscription
from paraph.contacts.actions.merging import merge_contacts
from paraph.journal import Fact
from tests.campaigns.house import agree, fresh, launched, letters, outcomes, somebody, token_in
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def _obstacles(cast: Cast, channel: str = "email") -> list[str]:
    return queries.obstacles_by_contact([cast.frank], channel=channel)[cast.frank.pk]


def test_nobody_has_agreed_by_default(cast: Cast) -> None:
    assert _obstacles(cast) == ["They have not agreed to be written to."]


def test_agreeing_counts_for_one_channel(cast: Cast) -> None:
    agree(cast, cast.frank)

    assert _obstacles(cast) == []
    assert _obstacles(cast, "sms") == ["They have not agreed to be written to."]
    assert Fact.objects.get(event="consent.changed").facts["source"] == "fair"


def test_a_no_that_was_noted_here_can_be_taken_back_here(cast: Cast) -> None:
    agree(cast, cast.frank)
    withdraw_consent(cast.frank, channel="email", source="phone", by=cast.alice.actor, at=NOON)
    assert _obstacles(cast) == ["They have unsubscribed."]

    agree(cast, cast.frank)

    assert _obstacles(cast) == []


def test_a_no_of_their_own_is_theirs_alone_to_take_back(cast: Cast) -> None:
    campaign = launched(cast, cast.frank)
    token = token_in(letters()[0])

    unsubscribe(token, at=NOON)
    unsubscribe(token, at=NOON)

    assert outcomes(fresh(campaign)) == {"frank@example.org": "sent"}
    with pytest.raises(CannotRecordConsent):
        give_consent(cast.frank, channel="email", source="", by=cast.alice.actor, at=NOON)
    resubscribe(token, at=NOON)
    assert _obstacles(cast) == []


def test_a_no_survives_a_merge(cast: Cast) -> None:
    launched(cast, cast.frank)
    unsubscribe(token_in(letters()[0]), at=NOON)
    twin = somebody(cast, "Frank", email="frank@example.org")
    Consent.objects.create(contact=twin, channel="email", is_given=True, at=NOON)

    merge_contacts(twin, [cast.frank], wanted={}, by=cast.alice.actor, at=NOON)

    assert queries.obstacles_by_contact([twin], channel="email")[twin.pk]
    assert unsubscribe(token_in(letters()[0]), at=NOON).contact == twin


def test_an_address_is_not_kept_in_clear(cast: Cast) -> None:
    launched(cast, cast.frank)
    unsubscribe(token_in(letters()[0]), at=NOON)

    assert "frank" not in Suppression.objects.get().address_hash


@pytest.mark.parametrize("token", ["", "example", "nobody-got-this-one"])
def test_a_link_that_nobody_got_unsubscribes_nobody(cast: Cast, token: str) -> None:
    with pytest.raises(NoSuchSubscription):
        unsubscribe(token, at=NOON)
