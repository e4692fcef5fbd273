"""Nobody has agreed until somebody wrote it down, and a no of their own is theirs to take back."""

import pytest
from pytest_django import Settings

from paraph.campaigns import queries
from paraph.campaigns.actions.consenting import (
    give_consent,
    resubscribe,
    unsubscribe,
    withdraw_consent,
)
from paraph.campaigns.actions.sending import write_stretch
from paraph.campaigns.models import Campaign, Consent, Suppression
from paraph.campaigns.refusals import CannotRecordConsent, NoSuchSubscription
from paraph.contacts.actions.merging import merge_contacts
from paraph.journal import Fact
from paraph.messaging.models import Message, MessageState
from tests.campaigns.house import (
    ONE_A_TURN,
    agree,
    fresh,
    launched,
    letters,
    outcomes,
    somebody,
    token_in,
)
from tests.cast import Cast, gather
from tests.moments import NOON
from tests.parallel import at_once
from tests.parallel import postgres_database as postgres_database

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


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_database")
def test_a_no_reaches_a_campaign_that_writes_at_the_same_moment_on_postgresql(
    settings: Settings,
) -> None:
    cast = gather()
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    others = [somebody(cast, f"Nr{number}", email=f"{number}@example.org") for number in range(40)]
    campaign = launched(cast, cast.frank, *others, rate=ONE_A_TURN)
    last, by = others[-1], cast.alice.actor
    Campaign.objects.filter(pk=campaign.pk).update(rate=6000, next_at=None)

    def act(number: int) -> None:
        if number:
            withdraw_consent(last, channel="email", source="phone", by=by, at=NOON)
        else:
            write_stretch(fresh(campaign), at=NOON)

    answers = at_once(act, times=2)

    assert not any(isinstance(answer, Exception) for answer in answers), answers
    written = Message.objects.filter(recipient=last.email, good_until=None)
    assert not written.filter(state=MessageState.QUEUED).exists()


@pytest.mark.parametrize("token", ["", "example", "nobody-got-this-one"])
def test_a_link_that_nobody_got_unsubscribes_nobody(cast: Cast, token: str) -> None:
    with pytest.raises(NoSuchSubscription):
        unsubscribe(token, at=NOON)
