"""Three hundred recipients and a mail server that fails: nobody twice, nobody forgotten."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from paraph.campaigns.actions.consenting import unsubscribe
from paraph.campaigns.actions.sending import launch_campaign
from paraph.campaigns.jobs import mend_campaigns
from paraph.campaigns.models import Campaign, Consent, Segment
from paraph.campaigns.queries import results_of
from paraph.contacts.models import Contact
from paraph.contacts.steps import index_contact
from paraph.kit.engines import inline
from paraph.kit.faults import FaultInjected
from paraph.messaging.handing import hand_over
from paraph.messaging.models import Message
from tests.campaigns.house import (
    draft,
    fixed,
    fresh,
    launched,
    letters,
    outcomes,
    take_turns,
    token_in,
)
from tests.cast import Cast
from tests.fakes.stumbling_smtp import stumbling_server
from tests.moments import NOON, YESTERDAY

CROWD = 300
LEFT = 20
pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def crowd(cast: Cast, number: int = CROWD) -> Segment:
    """Make a fixed list of many contacts who agreed; the first few have unsubscribed."""
    contacts = [
        Contact(
            first_name=f"Guest{place}",
            last_name="Crowd",
            email=f"guest{place}@example.org",
            responsible=cast.alice,
            created_at=YESTERDAY,
            edited_at=YESTERDAY,
        )
        for place in range(number)
    ]
    for contact in contacts:
        index_contact(contact)
    Contact.objects.bulk_create(contacts)
    Consent.objects.bulk_create(
        Consent(contact=contact, channel="email", is_given=True, at=YESTERDAY)
        for contact in contacts
    )
    return fixed(cast, *contacts, name="Crowd")


def unsubscribe_some(cast: Cast, segment: Segment) -> set[str]:
    """Let some leave by the link of an earlier campaign, as readers do."""
    some = list(segment.members.order_by("pk")[:LEFT])
    launched(cast, *some, rate=6000)
    for message in letters():
        unsubscribe(token_in(message), at=NOON)
    return {contact.email for contact in some}


def try_again_until_settled() -> None:
    """Let the pauses pass and the sweeper work."""
    at = NOON + timedelta(days=3650)
    for _round in range(20):
        for message in Message.objects.stranded(at):
            hand_over(message.pk, at=at)
        at += timedelta(hours=1)


def test_nobody_gets_it_twice_and_nobody_is_forgotten(cast: Cast, settings: Settings) -> None:
    segment = crowd(cast)
    left = unsubscribe_some(cast, segment)
    campaign = draft(cast, segment, rate=1200)

    with stumbling_server() as server:
        settings.SMTP_URL = f"smtp://127.0.0.1:{server.port}"
        launch_campaign(campaign, by=cast.alice.actor, at=NOON)
        take_turns(campaign)
        try_again_until_settled()

    found = outcomes(campaign)
    assert len(found) == CROWD
    assert set(server.ledger.values()) == {1}
    assert not left & set(server.ledger)
    by_result = {
        word: {address for address, it in found.items() if it == word} for word in found.values()
    }
    assert by_result["skipped"] == left
    assert by_result["sent"] <= set(server.ledger)
    assert by_result["failed"] == server.refused
    assert len(by_result["unknown"]) == sum(
        number for way, number in server.stumbles.items() if way.startswith("dropped")
    )
    assert set(by_result) == {"skipped", "sent", "failed", "unknown"}


def test_a_turn_that_dies_repeats_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    campaign = draft(cast, crowd(cast, 30), rate=120)
    monkeypatch.setenv("PARAPH_FAULT", "campaign-turn:raise")
    with pytest.raises(FaultInjected):
        launch_campaign(campaign, by=cast.alice.actor, at=NOON)
    assert letters() == []
    monkeypatch.delenv("PARAPH_FAULT")
    inline.forget()

    mend_campaigns()
    take_turns(campaign)

    assert len(letters()) == len({message.recipient for message in letters()}) == 30
    assert results_of(fresh(campaign))["sent"] == 30


def test_a_worker_that_dies_over_a_mail_does_not_send_it_again(
    cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stumbling_server(share=0) as server:
        settings.SMTP_URL = f"smtp://127.0.0.1:{server.port}"
        monkeypatch.setenv("PARAPH_FAULT", "after-message:raise")
        with pytest.raises(FaultInjected):
            launched(cast, cast.frank)
        monkeypatch.delenv("PARAPH_FAULT")
        inline.forget()

        try_again_until_settled()

    assert server.ledger == {"frank@example.org": 1}
    assert outcomes(Campaign.objects.get()) == {"frank@example.org": "unknown"}
