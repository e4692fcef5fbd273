"""The pages of campaigns: whom they reach, what they say, and what became of them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paraph.batches.models import Batch
from paraph.campaigns.actions.consenting import unsubscribe
from paraph.campaigns.jobs import mend_campaigns
from paraph.campaigns.models import Campaign, Consent, Segment
from paraph.kit import files
from paraph.messaging.models import Message
from paraph.people.actions.leaving import deactivate_employee
from paraph.people.matrix import Level
from paraph.people.models import Grant
from tests.campaigns.house import (
    agree,
    draft,
    fixed,
    fresh,
    launched,
    let_campaign,
    letters,
    token_in,
)
from tests.cast import Cast
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    """Sign Alice in, who may do everything with campaigns."""
    let_campaign(cast.alice)
    client.force_login(cast.alice)
    return client


def _page(desk: Client, address: str) -> str:
    answer = desk.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _typed(cast: Cast, **more: object) -> dict[str, object]:
    return {
        "title": "Autumn",
        "channel": "email",
        "company": cast.company.pk,
        "language": "en",
        "subject": "Hello {first_name}",
        "text": "We open on Monday.",
        "rate": 60,
        **more,
    }


def test_a_campaign_is_written_previewed_tested_and_sent(cast: Cast, desk: Client) -> None:
    agree(cast, cast.frank)
    segment = fixed(cast, cast.frank, cast.grace)

    answer = desk.post("/campaigns/new/", _typed(cast, segments=[segment.pk], done="1"))
    campaign = Campaign.objects.get()
    assert answer.headers["Location"] == f"/campaigns/{campaign.pk}/"
    page = _page(desk, f"/campaigns/{campaign.pk}/")
    assert "Hello Frank" in page
    assert "Send to 1 person?" in page
    desk.post(f"/campaigns/{campaign.pk}/test/", {"reader": cast.frank.pk})
    desk.post(f"/campaigns/{campaign.pk}/send/")

    subjects = [message.subject for message in Message.objects.filter(kind="campaign")]
    assert sorted(subjects) == ["Hello Frank", "[Test] Hello Frank"]
    page = _page(desk, f"/campaigns/{campaign.pk}/")
    assert "They have not agreed to be written to." in page
    assert "Everybody had their turn" in page


def test_what_is_missing_is_said_and_nothing_can_be_sent(cast: Cast, desk: Client) -> None:
    campaign = draft(cast, fixed(cast, cast.frank), text="Hello {fist_name}")

    page = _page(desk, f"/campaigns/{campaign.pk}/")

    assert "Did you mean {first_name}?" in page
    assert "Nobody in these segments can be written to." in page
    assert "data-opens" not in page.partition("Who gets it")[2]


def test_the_preview_follows_what_is_typed_and_saves_nothing(cast: Cast, desk: Client) -> None:
    typed = _typed(cast, text="Dear {first_name|friend} {oops}", reader=cast.grace.pk)

    answer = desk.post("/campaigns/preview/", typed, headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "Dear Grace" in page
    assert "There is no field {oops}." in page
    assert not Campaign.objects.exists()


def test_a_text_message_says_how_long_it_is(cast: Cast, desk: Client) -> None:
    answer = desk.post("/campaigns/preview/", _typed(cast, channel="sms", text="Zażółć"))

    assert "holds 70 characters" in answer.content.decode()


def test_results_are_filtered_and_exported(cast: Cast, desk: Client) -> None:
    campaign = launched(cast, cast.frank, cast.grace)
    unsubscribe(token_in(letters()[0]), at=NOON)

    page = _page(desk, f"/campaigns/{campaign.pk}/?result=unsubscribed")
    assert "frank@example.org" in page
    assert "grace@example.org" not in page
    assert "grace@example.org" in _page(desk, f"/campaigns/{campaign.pk}/?q=grace")
    desk.post(f"/campaigns/{campaign.pk}/export/")

    batch = Batch.objects.get()
    written = files.get(batch.file).decode()
    assert "frank@example.org" in written


def test_sending_is_paused_and_stopped_from_the_page(cast: Cast, desk: Client) -> None:
    campaign = launched(cast, cast.frank, cast.grace, rate=12)
    assert "Being sent" in _page(desk, f"/campaigns/{campaign.pk}/progress/")

    desk.post(f"/campaigns/{campaign.pk}/pause/")
    assert "Paused" in _page(desk, f"/campaigns/{campaign.pk}/")
    desk.post(f"/campaigns/{campaign.pk}/resume/")
    assert "cannot" not in _page(desk, f"/campaigns/{campaign.pk}/cancel/")
    desk.post(f"/campaigns/{campaign.pk}/cancel/")

    assert fresh(campaign).status == "cancelled"


def test_why_a_campaign_of_somebody_who_left_waits_is_told(cast: Cast, client: Client) -> None:
    campaign = launched(cast, cast.frank, cast.grace)
    Campaign.objects.filter(pk=campaign.pk).update(
        status="sending", is_gathered=False, closed_at=None
    )
    deactivate_employee(cast.alice, heir=None, by=cast.olga.actor, at=NOON)
    mend_campaigns()
    let_campaign(cast.olga)
    client.force_login(cast.olga)

    page = _page(client, f"/campaigns/{campaign.pk}/")
    refused = client.post(f"/campaigns/{campaign.pk}/resume/", follow=True)

    assert page.count("Alice Martin left before all recipients were found.") == 2
    assert "Alice Martin left before all recipients were found." in refused.content.decode()
    assert fresh(campaign).is_paused


def test_a_draft_is_copied_and_thrown_away(cast: Cast, desk: Client) -> None:
    campaign = draft(cast, fixed(cast, cast.frank))

    desk.post(f"/campaigns/{campaign.pk}/copy/")
    desk.post(f"/campaigns/{campaign.pk}/delete/")

    assert Campaign.objects.get().title == "Spring news (copy)"


def test_contacts_are_added_to_a_new_campaign_from_their_list(cast: Cast, desk: Client) -> None:
    chosen = {"everything": "1", "q": "frank"}
    asked = desk.post("/contacts/list/act/add-to-campaign/", chosen)
    assert "Add to which campaign?" in asked.content.decode()

    desk.post(
        "/contacts/list/act/add-to-campaign/",
        {**chosen, "confirmed": "1", "do-title": "Summer"},
    )

    campaign = Campaign.objects.get(title="Summer")
    assert list(campaign.segments.get().members.all()) == [cast.frank]


def test_a_segment_is_made_of_what_the_list_shows(cast: Cast, desk: Client) -> None:
    page = _page(desk, "/campaigns/segments/new/?q=frank")
    assert "contact fits" in page

    desk.post(
        "/campaigns/segments/new/",
        {"segment-name": "Franks", "segment-kind": "dynamic", "q": "frank"},
    )

    segment = Segment.objects.get()
    page = _page(desk, f"/campaigns/segments/{segment.pk}/")
    assert "Frank Kowalski" in page
    assert "Grace" not in page
    assert "Grace" in _page(desk, "/campaigns/segments/preview/?q=grace")
    desk.post(f"/campaigns/segments/{segment.pk}/edit/", {"segment-name": "F", "q": "grace"})
    segment.refresh_from_db()
    assert (segment.name, segment.criteria) == ("F", {"q": ["grace"]})


def test_a_member_is_taken_off_a_fixed_list_by_whoever_may_edit_it(
    cast: Cast, desk: Client, client: Client
) -> None:
    segment = fixed(cast, cast.frank)
    address = f"/campaigns/segments/{segment.pk}/members/{cast.frank.pk}/remove/"
    client.force_login(cast.bob)
    assert client.post(address).status_code == 404

    client.force_login(cast.alice)
    client.post(address)

    assert not segment.members.exists()


def test_a_lists_group_action_that_there_is_not_is_not_found(cast: Cast, desk: Client) -> None:
    for room in ("campaigns", "campaigns/segments"):
        assert desk.post(f"/{room}/list/act/delete/").status_code == 404


def test_consent_is_shown_and_changed_on_the_contacts_page(cast: Cast, desk: Client) -> None:
    address = f"/contacts/{cast.frank.pk}/"
    assert "Not asked" in _page(desk, address)

    change = {"channel": "email", "is_given": "1", "source": "Fair in March"}
    desk.post(f"/campaigns/consent/{cast.frank.pk}/", change)

    assert Consent.objects.get().is_given
    page = _page(desk, address)
    assert "Fair in March" in page
    assert "Consent to campaigns changed" in page


@pytest.mark.parametrize("room", ["/campaigns/", "/campaigns/segments/"])
def test_a_list_asks_no_more_for_three_rows_than_for_one(
    cast: Cast, desk: Client, room: str
) -> None:
    draft(cast, fixed(cast))
    _page(desk, room)
    with CaptureQueriesContext(connection) as one:
        _page(desk, room)

    for _copy in range(2):
        draft(cast, fixed(cast))
    with CaptureQueriesContext(connection) as three:
        _page(desk, room)

    assert len(three) == len(one)


def test_saving_keeps_the_segments_that_were_not_to_choose_from(cast: Cast, desk: Client) -> None:
    mine, other, private = (fixed(cast, name=name) for name in ("Mine", "Other", "Private"))
    campaign = draft(cast, mine, private)
    Segment.objects.filter(pk=private.pk).update(responsible=cast.olga)
    Grant.objects.filter(role__slug="mailer").update(level=Level.OWN)

    desk.post(f"/campaigns/{campaign.pk}/edit/", _typed(cast, segments=[other.pk]))

    assert set(campaign.segments.all()) == {other, private}
