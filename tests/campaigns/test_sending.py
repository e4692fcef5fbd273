"""A campaign reaches everybody who agreed, once and at its rate, and never after a no."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from pytest_django import Settings

from paraph.campaigns.actions.consenting import unsubscribe, withdraw_consent
from paraph.campaigns.actions.drafting import edit_campaign, send_test_of_campaign
from paraph.campaigns.actions.sending import (
    cancel_campaign,
    gather_stretch,
    launch_campaign,
    pause_campaign,
    resume_campaign,
    write_stretch,
)
from paraph.campaigns.cards import card_of
from paraph.campaigns.jobs import mend_campaigns
from paraph.campaigns.lifecycle import Status, StepNotPossible
from paraph.campaigns.models import Campaign, Recipient
from paraph.campaigns.refusals import CannotEditCampaign, CannotSendCampaign
from paraph.contacts.actions.deleting import delete_contact
from paraph.journal import Fact
from paraph.kit.engines import inline
from paraph.messaging.models import Message, MessageState
from paraph.people.actions.leaving import deactivate_employee
from tests.campaigns.house import (
    ONE_A_TURN,
    agree,
    draft,
    fixed,
    fresh,
    launched,
    letters,
    outcomes,
    somebody,
    take_turns,
    token_in,
)
from tests.cast import Cast
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_a_campaign_writes_to_everybody_who_agreed_in_their_own_words(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace)

    assert fresh(campaign).status == Status.SENT
    subjects = {message.recipient: message.subject for message in letters()}
    assert subjects == {
        "frank@example.org": "News for Frank",
        "grace@example.org": "News for Grace",
    }
    assert "Hello Frank, see you on Monday." in letters()[0].text


def test_who_has_not_agreed_is_left_out_and_the_reason_is_kept(cast: Cast) -> None:
    agree(cast, cast.frank)
    campaign = draft(cast, fixed(cast, cast.frank, cast.grace))

    launch_campaign(campaign, by=cast.alice.actor, at=NOON)

    assert outcomes(campaign) == {"frank@example.org": "sent", "grace@example.org": "skipped"}
    grace = Recipient.objects.get(contact=cast.grace)
    assert grace.why == "They have not agreed to be written to."


def test_an_address_that_two_contacts_share_gets_one_message(cast: Cast) -> None:
    twin = somebody(cast, "Francis", email="FRANK@example.org")

    launched(cast, cast.frank, twin)

    assert [message.recipient for message in letters()] == ["frank@example.org"]


def test_who_agreed_gets_it_though_another_with_the_address_did_not(cast: Cast) -> None:
    twin = somebody(cast, "Francis", email="frank@example.org")
    agree(cast, twin)

    launch_campaign(draft(cast, fixed(cast, cast.frank, twin)), by=cast.alice.actor, at=NOON)

    assert [message.subject for message in letters()] == ["News for Francis"]


def test_a_turn_that_is_taken_too_early_writes_nothing(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)

    is_more = write_stretch(campaign, at=NOON)

    assert is_more
    assert len(letters()) == 1


def test_a_no_between_gathering_and_writing_counts(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)

    withdraw_consent(cast.grace, channel="email", source="by phone", by=cast.alice.actor, at=NOON)
    take_turns(campaign)

    assert outcomes(campaign)["grace@example.org"] == "skipped"
    assert fresh(campaign).status == Status.SENT


def test_who_left_the_directory_meanwhile_is_left_out(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)

    delete_contact(cast.grace, by=cast.alice.actor, at=NOON)
    take_turns(campaign)

    assert len(letters()) == 1
    assert outcomes(campaign)["grace@example.org"] == "skipped"


def test_an_address_that_changed_meanwhile_is_followed(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)
    cast.grace.email = "frank@example.org"
    cast.grace.save()

    take_turns(campaign)

    assert [message.recipient for message in letters()] == ["frank@example.org"]


def test_an_unsubscribed_address_is_never_written_to_again(cast: Cast) -> None:
    launched(cast, cast.frank)
    unsubscribe(token_in(letters()[0]), at=NOON)
    delete_contact(cast.frank, by=cast.alice.actor, at=NOON)
    again = somebody(cast, "Frank", email="frank@EXAMPLE.org")
    campaign = draft(cast, fixed(cast, again, cast.grace, name="Again"))
    agree(cast, cast.grace)

    launch_campaign(campaign, by=cast.alice.actor, at=NOON)

    assert outcomes(campaign)["frank@example.org"] == "skipped"
    assert [message.recipient for message in letters()] == [
        "frank@example.org",
        "grace@example.org",
    ]


def test_unsubscribing_takes_back_what_has_not_left(cast: Cast, settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    launched(cast, cast.frank)
    [message] = letters()
    token = token_in(message)

    unsubscribe(token, at=NOON)

    message.refresh_from_db()
    assert message.state == MessageState.WITHDRAWN
    assert token not in message.text


def test_a_no_takes_back_what_waits_for_an_earlier_address(cast: Cast, settings: Settings) -> None:
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    launched(cast, cast.frank)
    cast.frank.email = "new@example.org"
    cast.frank.save()

    withdraw_consent(cast.frank, channel="email", source="by phone", by=cast.alice.actor, at=NOON)

    assert [message.state for message in letters()] == [MessageState.WITHDRAWN]


@pytest.mark.parametrize("rate", [1, 10, 13, 119, 120, 6000])
def test_no_minute_has_more_messages_than_the_rate_allows(cast: Cast, rate: int) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=rate)

    wrote = letters()
    pause = campaign.next_at - wrote[0].created_at if campaign.next_at else None
    assert pause == len(wrote) * timedelta(minutes=1) / rate


def test_pause_and_go_on_lose_nobody(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)

    pause_campaign(campaign, by=cast.alice.actor, at=NOON)
    take_turns(campaign)
    assert len(letters()) == 1
    resume_campaign(campaign, by=cast.alice.actor, at=NOON)
    take_turns(campaign)

    assert len(letters()) == 2
    assert fresh(campaign).status == Status.SENT


def test_a_cancelled_campaign_leaves_out_who_was_not_written_to(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)

    cancel_campaign(campaign, by=cast.alice.actor, at=NOON)
    take_turns(campaign)

    assert outcomes(campaign) == {"frank@example.org": "sent", "grace@example.org": "skipped"}
    with pytest.raises(StepNotPossible):
        resume_campaign(campaign, by=cast.alice.actor, at=NOON)


def test_a_lost_job_is_taken_up_by_the_next_round(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)
    inline.forget()

    mend_campaigns()
    take_turns(campaign)

    assert len(letters()) == 2


def test_gathering_goes_on_where_it_stopped(cast: Cast) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=ONE_A_TURN)

    assert not gather_stretch(campaign, at=NOON)
    assert Recipient.objects.count() == 2


def half_gathered(cast: Cast, settings: Settings) -> Campaign:
    """Launch a campaign to Frank and Grace, of whom only one is found so far."""
    agree(cast, cast.frank, cast.grace)
    campaign = draft(cast, fixed(cast, cast.frank, cast.grace))
    settings.PARAPH_JOBS = "embedded"
    launch_campaign(campaign, by=cast.alice.actor, at=NOON)
    settings.PARAPH_JOBS = "inline"
    assert gather_stretch(campaign, at=NOON, at_most=1)
    return campaign


def test_who_leaves_while_people_are_found_leaves_nobody_out(
    cast: Cast, settings: Settings
) -> None:
    campaign = half_gathered(cast, settings)
    deactivate_employee(cast.alice, heir=None, by=cast.olga.actor, at=NOON)

    mend_campaigns()

    campaign = fresh(campaign)
    assert (campaign.status, campaign.is_gathered, letters()) == (Status.PAUSED, False, [])
    assert Fact.objects.get(event="campaign.paused").facts["left"] == "Alice Martin"
    with pytest.raises(CannotSendCampaign, match="Alice Martin left"):
        resume_campaign(campaign, by=cast.olga.actor, at=NOON)


def test_the_heir_decides_when_a_half_gathered_campaign_goes_on(
    cast: Cast, settings: Settings
) -> None:
    campaign = half_gathered(cast, settings)
    deactivate_employee(cast.alice, heir=cast.olga, by=cast.olga.actor, at=NOON)
    waits = fresh(campaign).status

    resume_campaign(campaign, by=cast.olga.actor, at=NOON)
    take_turns(campaign)

    assert waits == Status.PAUSED
    assert outcomes(campaign) == {"frank@example.org": "sent", "grace@example.org": "sent"}


def test_what_is_missing_is_told_at_once(cast: Cast) -> None:
    campaign = draft(cast, text="Hello {fist_name}")

    with pytest.raises(CannotSendCampaign) as refused:
        launch_campaign(campaign, by=cast.alice.actor, at=NOON)

    assert refused.value.reasons == [
        "Choose at least one segment.",
        "There is no field {fist_name}. Did you mean {first_name}?",
    ]


def test_nobody_to_write_to_is_told_before_sending(cast: Cast) -> None:
    campaign = draft(cast, fixed(cast, cast.frank))

    with pytest.raises(CannotSendCampaign) as refused:
        launch_campaign(campaign, by=cast.alice.actor, at=NOON)

    assert refused.value.reasons == ["Nobody in these segments can be written to."]


def test_a_launched_campaign_is_not_changed_any_more(cast: Cast) -> None:
    campaign = launched(cast, cast.frank)

    with pytest.raises(CannotEditCampaign):
        edit_campaign(campaign, card_of(campaign), by=cast.alice.actor, at=NOON)


def test_a_test_goes_to_oneself_and_says_so(cast: Cast) -> None:
    campaign = draft(cast)

    address = send_test_of_campaign(campaign, contact=cast.frank, to=cast.alice, at=NOON)

    message = Message.objects.get(kind="campaign")
    assert address == message.recipient == "alice@example.org"
    assert message.subject == "[Test] News for Frank"
    assert not message.is_mailing


def test_a_text_message_has_a_short_way_out(cast: Cast) -> None:
    launched(cast, cast.frank, channel="sms")

    [message] = letters()
    assert message.recipient == "+33612345601"
    assert len(token_in(message)) == 22


def test_why_a_message_failed_is_told_in_the_readers_language(cast: Cast) -> None:
    launched(cast, cast.frank)
    for error, told in (("Too late", "Trop tard"), ("550 no such user", "550 no such user")):
        Message.objects.update(state=MessageState.FAILED, error=error)

        with override("fr"):
            assert Recipient.objects.get().why == told


def test_campaigns_of_somebody_who_leaves_go_to_the_heir(cast: Cast) -> None:
    campaign = draft(cast, fixed(cast, cast.frank))

    deactivate_employee(cast.alice, heir=cast.olga, by=cast.olga.actor, at=NOON)

    assert fresh(campaign).responsible == cast.olga
    assert campaign.segments.get().responsible == cast.olga
    assert Fact.objects.filter(event="campaign.handed-over").count() == 1
