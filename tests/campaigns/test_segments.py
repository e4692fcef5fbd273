"""Segments follow a filter or are a fixed list, and show no more than one may see."""

import pytest

from paraph.batches.actions import advance_batch, begin_batch
from paraph.batches.models import Batch
from paraph.campaigns import queries
from paraph.campaigns.actions.drafting import delete_campaign, hand_over_campaign
from paraph.campaigns.actions.segments import (
    add_contacts,
    create_segment,
    delete_segment,
    edit_segment,
    hand_over_segment,
    remove_contact,
)
from paraph.campaigns.cards import SegmentCard
from paraph.campaigns.models import Campaign, Segment, SegmentKind
from paraph.campaigns.refusals import CannotAddContacts, CannotDeleteSegment
from paraph.people.models import Employee
from tests.campaigns.house import agree, draft, fixed, somebody
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def _dynamic(cast: Cast, **criteria: list[str]) -> Segment:
    card = SegmentCard("Clients", SegmentKind.DYNAMIC, criteria)
    return create_segment(card, responsible=cast.alice, by=cast.alice.actor, at=NOON)


def _work(cast: Cast, kind: str, owner: Employee | None = None, **given: object) -> Batch:
    """Add Frank and Grace, the way a group action does."""
    numbers = {"ids": [cast.frank.pk, cast.grace.pk]}
    batch = begin_batch(
        f"campaigns.{kind}",
        given={"selection": numbers, **given},
        total=2,
        owner=owner or cast.alice,
        at=NOON,
    )
    while advance_batch(batch, at=NOON):
        pass
    return batch


def test_a_dynamic_segment_follows_its_filter(cast: Cast) -> None:
    segment = _dynamic(cast, q=["zimmer"])
    assert not queries.members_of(segment, person=cast.alice)

    newcomer = somebody(cast, "Nora", email="nora@example.org")

    assert list(queries.members_of(segment, person=cast.alice)) == [newcomer]
    with pytest.raises(CannotAddContacts):
        add_contacts(segment, [cast.frank], by=cast.alice.actor, at=NOON)


def test_a_fixed_list_stays_as_it_was_put_together(cast: Cast) -> None:
    segment = fixed(cast, cast.frank)

    added = add_contacts(segment, [cast.frank, cast.grace], by=cast.alice.actor, at=NOON)
    remove_contact(segment, cast.frank, by=cast.alice.actor, at=NOON)

    assert added == 1
    assert list(queries.members_of(segment, person=cast.alice)) == [cast.grace]


def test_members_are_seen_as_far_as_the_directory_is(cast: Cast) -> None:
    segment = fixed(cast, cast.frank)

    assert not queries.members_of(segment, person=cast.mallory)


def test_a_page_says_how_many_can_be_written_to_and_why_others_cannot(cast: Cast) -> None:
    nobody = somebody(cast, "Nora", phone="+33612345699")
    segment = fixed(cast, cast.frank, cast.grace, nobody)
    agree(cast, cast.frank)

    found = queries.reached(queries.members_of(segment, person=cast.alice), channel="email")

    assert (found.members, found.writable) == (3, 1)
    assert found.reasons == {
        "They have not agreed to be written to.": 1,
        "The e-mail address is missing.": 1,
    }


def test_a_segment_that_a_draft_goes_to_stays(cast: Cast) -> None:
    segment = fixed(cast, cast.frank)
    campaign = draft(cast, segment)
    with pytest.raises(CannotDeleteSegment):
        delete_segment(segment, by=cast.alice.actor, at=NOON)

    delete_campaign(campaign, by=cast.alice.actor, at=NOON)
    delete_segment(segment, by=cast.alice.actor, at=NOON)

    assert not Segment.objects.exists()


def test_a_segment_can_be_called_something_else(cast: Cast) -> None:
    segment = _dynamic(cast, q=["zimmer"])

    card = SegmentCard("All", SegmentKind.DYNAMIC, {"q": ["frank"]})
    edit_segment(segment, card, by=cast.alice.actor, at=NOON)

    assert Segment.objects.matching("all").get().criteria == {"q": ["frank"]}


def test_contacts_added_to_a_new_campaign_are_on_its_own_list(cast: Cast) -> None:
    batch = _work(cast, "add-to-campaign", title="Autumn")
    _work(cast, "add-to-campaign", campaign=batch.given["campaign"])

    campaign = Campaign.objects.get()
    assert campaign.title == "Autumn"
    assert batch.changed == 2
    assert set(queries.audience_of(campaign)) == {cast.frank, cast.grace}


def test_contacts_are_not_added_to_a_campaign_out_of_reach(cast: Cast) -> None:
    campaign = draft(cast)

    batch = _work(cast, "add-to-campaign", cast.bob, campaign=campaign.pk)

    assert batch.refused == 2
    assert not queries.audience_of(campaign).exists()


def test_consent_of_many_is_noted_where_there_is_an_address(cast: Cast) -> None:
    somebody(cast, "Nora")

    batch = _work(cast, "record-consent", channel="email", source="newsletter form")

    assert batch.changed == 2
    assert queries.obstacles_by_contact([cast.frank], channel="email")[cast.frank.pk] == []


def test_contacts_become_a_fixed_list(cast: Cast) -> None:
    batch = _work(cast, "add-to-segment", title="Fair")

    segment = Segment.objects.get(pk=batch.given["segment"])
    assert segment.members.count() == 2


def test_what_was_given_to_somebody_meanwhile_stays_theirs(cast: Cast) -> None:
    segment = fixed(cast)
    campaign = draft(cast, segment)
    Segment.objects.update(responsible=cast.erin)
    Campaign.objects.update(responsible=cast.erin)

    by = cast.olga.actor
    hand_over_segment(segment, leaver=cast.alice, responsible=cast.olga, by=by, at=NOON)
    hand_over_campaign(campaign, leaver=cast.alice, responsible=cast.olga, by=by, at=NOON)

    assert Segment.objects.get().responsible == Campaign.objects.get().responsible == cast.erin
