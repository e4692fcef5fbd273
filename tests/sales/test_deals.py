"""Deals: what they cost, where they stand, who sees them, and what is told of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from paraph import journal
from paraph.people.access import Right
from paraph.people.actions.leaving import deactivate_employee
from paraph.sales import queries
from paraph.sales.actions.dealing import (
    add_person,
    create_deal,
    delete_deal,
    edit_deal,
    hand_over_deal,
)
from paraph.sales.actions.moving import explain_outcome, move_deal
from paraph.sales.actions.products import write_rows
from paraph.sales.choices import Place, ProductLine
from paraph.sales.models import Deal
from paraph.sales.refusals import CannotMove, CannotSaveDeal
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals


def _told(deal: Deal) -> list[str]:
    return [fact.event for fact in journal.timeline(subject="deal", object_id=deal.pk)][::-1]


def _order(cast: Cast, stage: str) -> list[str]:
    rows = Deal.objects.visible_to(cast.olga).filter(stage=deals.stage(stage))
    return [deal.title for deal in rows.order_by("rank", "id")]


def test_the_contact_brings_the_company_along(cast: Cast) -> None:
    deal = deals.deal(cast)

    assert deal.client == cast.client
    assert _told(deal) == ["deal.created"]


def test_what_is_missing_is_named(cast: Cast) -> None:
    card = replace(deals.card(cast), title=" ", currency="XXY", amount=Decimal(-1))

    with pytest.raises(CannotSaveDeal) as refused:
        create_deal(card, stage=deals.stage(), by=cast.alice.actor, at=NOON)

    assert refused.value.reasons == [
        "Write what the deal is about.",
        "Choose a currency.",
        "The amount cannot be less than nothing.",
    ]


def test_product_rows_decide_the_amount(cast: Cast) -> None:
    deal = deals.with_rows(cast, "100", "49.99")

    edit_deal(deal, deals.card(cast, amount="5"), by=cast.alice.actor, at=NOON)

    deal.refresh_from_db()
    assert deal.amount == Decimal("179.99")
    assert _told(deal) == ["deal.created", "deal.rows-changed"]


def test_writing_the_same_rows_again_changes_nothing(cast: Cast) -> None:
    deal = deals.with_rows(cast, "100")
    same = [ProductLine("Lamp 100", price=Decimal(100), tax_rate=Decimal(20))]

    write_rows(deal, same, by=cast.alice.actor, at=NOON)

    assert _told(deal) == ["deal.created", "deal.rows-changed"]


def test_an_edit_tells_before_and_after_and_who_is_responsible_apart(cast: Cast) -> None:
    deal = deals.deal(cast)
    card = replace(deals.card(cast, title="Lamps"), responsible=cast.erin)

    edit_deal(deal, card, by=cast.alice.actor, at=NOON)

    edited, handed, _created = journal.timeline(subject="deal", object_id=deal.pk)
    assert edited.facts["changes"] == {"title": ["Lamps for the lobby", "Lamps"]}
    assert (handed.facts["before"], handed.facts["after"]) == ("Alice Martin", "Erin Lindqvist")


def test_moving_to_the_end_and_back_is_won_and_reopened(cast: Cast) -> None:
    deal = deals.deal(cast)

    move_deal(deal, Place(deals.stage("Won")), by=cast.alice.actor, at=NOON)
    is_closed = deal.closed_at == NOON
    explain_outcome(deal, reason="Price", by=cast.alice.actor, at=NOON)
    move_deal(deal, Place(deals.stage("In talks")), by=cast.alice.actor, at=NOON)

    assert is_closed
    assert (deal.closed_at, deal.reason) == (None, "")
    assert _told(deal)[1:] == [
        "deal.moved",
        "deal.won",
        "deal.explained",
        "deal.moved",
        "deal.reopened",
    ]


def test_an_open_deal_has_no_outcome_to_explain(cast: Cast) -> None:
    with pytest.raises(CannotMove, match="still in progress"):
        explain_outcome(deals.deal(cast), reason="?", by=cast.alice.actor, at=NOON)


@pytest.mark.slow
def test_a_card_goes_right_after_another_however_often(cast: Cast) -> None:
    first, second, third = (deals.deal(cast, title=title) for title in ("A", "B", "C"))
    new = deals.stage()

    for _time in range(40):
        move_deal(first, Place(new, after=third.pk), by=cast.alice.actor, at=NOON)
        move_deal(second, Place(new, after=third.pk), by=cast.alice.actor, at=NOON)

    assert _order(cast, "New") == ["C", "B", "A"]
    assert _told(first) == ["deal.created"]


def test_one_sees_deals_as_far_as_the_matrix_says(cast: Cast) -> None:
    deal = deals.deal(cast)

    seen = [
        list(Deal.objects.visible_to(person, right))
        for person, right in (
            (cast.alice, Right.EDIT),
            (cast.bob, Right.VIEW),
            (cast.bob, Right.EDIT),
            (cast.mallory, Right.VIEW),
        )
    ]

    assert seen == [[deal], [deal], [], []]


def test_a_deal_is_found_by_client_person_and_product(cast: Cast) -> None:
    deals.with_rows(cast, "100")

    for text in ("boreal", "kowalsk", "lobby", "lamp 100"):
        assert Deal.objects.matching(text).count() == 1


def test_contact_and_company_know_their_deals(cast: Cast) -> None:
    deal = deals.deal(cast)
    add_person(deal, person=cast.grace, by=cast.alice.actor, at=NOON)

    assert queries.deals_of(cast.grace, cast.alice) == [deal]
    assert queries.deals_of_company(cast.client, cast.alice) == [deal]
    assert queries.deals_of(cast.frank, cast.mallory) == []


def test_a_deal_goes_with_its_products(cast: Cast) -> None:
    deal = deals.with_rows(cast, "100")

    delete_deal(deal, by=cast.alice.actor, at=NOON)

    assert not Deal.objects.exists()


def test_deals_of_somebody_who_left_are_handed_over(cast: Cast) -> None:
    deal = deals.deal(cast)

    deactivate_employee(cast.alice, heir=cast.erin, by=cast.olga.actor, at=NOON)

    deal.refresh_from_db()
    assert deal.responsible == cast.erin
    assert _told(deal) == ["deal.created", "deal.handed-over"]


def test_a_deal_given_to_somebody_meanwhile_stays_theirs(cast: Cast) -> None:
    deal = deals.deal(cast)
    Deal.objects.update(responsible=cast.erin)

    by = cast.olga.actor
    hand_over_deal(deal, leaver=cast.alice, responsible=cast.olga, by=by, at=NOON)

    assert Deal.objects.get().responsible == cast.erin
