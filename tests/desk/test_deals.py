"""Deals on the desk: begun, filled with products, moved, and led on to signing."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.desk.money import NotANumber, money, number_typed
from paraph.people.access import Section
from paraph.people.models import Grant
from paraph.sales.actions.dealing import edit_deal
from paraph.sales.models import Deal
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("tab", ["", "products/", "documents/", "edit/", "delete/"])
def test_every_page_of_a_deal_opens(client: Client, cast: Cast, tab: str) -> None:
    deal = deals.with_rows(cast, "100", "49.90")
    client.force_login(cast.alice)

    assert client.get(f"/deals/{deal.pk}/{tab}").status_code == 200


@pytest.mark.parametrize("path", ["", "edit/", "products/", "documents/", "delete/"])
def test_a_deal_out_of_reach_is_not_found(client: Client, cast: Cast, path: str) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.mallory)

    assert client.get(f"/deals/{deal.pk}/{path}").status_code == 404


def _typed(cast: Cast, **others: object) -> dict[str, object]:
    new = deals.stage()
    typed = {"title": "Lamps", "stage": new.pk, "currency": "EUR", "responsible": cast.alice.pk}
    return typed | {"company": cast.company.pk} | others


def test_a_deal_is_begun_with_a_client_that_was_only_typed(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    typed = _typed(cast, client_text="borealis ltd", contact=cast.frank.pk, amount="1 250,50")
    client.post("/deals/new/", typed)

    deal = Deal.objects.get()
    assert (deal.client, deal.contact, str(deal.amount)) == (cast.client, cast.frank, "1250.500")


def test_a_client_nobody_knows_is_refused_and_nothing_is_lost(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    answer = client.post("/deals/new/", _typed(cast, client_text="Zephyr", amount="12 apples"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No company is called that." in page
    assert "Write a number, like 1250.50." in page
    assert 'value="Zephyr"' in page
    assert 'value="12 apples"' in page


def test_a_deal_needs_neither_company_nor_contact(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    client.post("/deals/new/", _typed(cast, client=cast.client.pk))
    client.post("/deals/new/", _typed(cast))

    pages = ["/deals/", "/deals/list/", *(f"/deals/{it.pk}/" for it in Deal.objects.all())]

    assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200]


def test_typing_completes_companies_and_their_people(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    companies = client.get("/deals/choose/companies/?client_text=bore").content.decode()
    people = client.get(f"/deals/choose/people/?client={cast.client.pk}").content.decode()

    assert "Borealis Ltd" in companies
    assert "Ardent" not in companies
    assert "Frank Kowalski" in people


def test_a_card_is_moved_and_the_heads_follow(client: Client, cast: Cast) -> None:
    deal, won = deals.deal(cast), deals.stage("Won")
    client.force_login(cast.alice)

    heads = client.post(
        f"/deals/{deal.pk}/move/", {"stage": won.pk, "board": "1"}, headers={"HX-Request": "true"}
    ).content.decode()

    deal.refresh_from_db()
    assert deal.stage == won
    assert f'id="head-{won.pk}" hx-swap-oob="true"' in heads
    assert "€1,200" in heads


def test_the_column_a_card_left_still_counts_its_others(client: Client, cast: Cast) -> None:
    deal, _other = deals.deal(cast), deals.deal(cast)
    client.force_login(cast.alice)

    left = {"stage": deals.stage("Won").pk, "board": "1"}
    answer = client.post(f"/deals/{deal.pk}/move/", left, headers={"HX-Request": "true"})

    heads = {head.stage.name: head.count for head in answer.context["heads"]}
    assert heads == {deals.stage().name: 1, "Won": 1}


def test_who_may_only_look_moves_nothing(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.bob)

    answer = client.post(f"/deals/{deal.pk}/move/", {"stage": deals.stage("Won").pk})

    deal.refresh_from_db()
    assert (answer.status_code, deal.stage) == (404, deals.stage())
    assert "deal-card__move" not in client.get("/deals/").content.decode()


def test_people_are_added_and_removed_by_those_who_may_edit(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    people = f"/deals/{deal.pk}/people/"
    client.force_login(cast.alice)
    client.post(people, {"contact": cast.grace.pk})

    client.force_login(cast.bob)
    refused = client.post(f"{people}{cast.grace.pk}/remove/").status_code
    client.force_login(cast.alice)
    shown = client.get(f"/deals/{deal.pk}/").content.decode()
    client.post(f"{people}{cast.grace.pk}/remove/")

    assert refused == 404
    assert "Grace O’Neill" in shown
    assert not deal.people.exists()


def test_a_column_goes_on_where_it_ended_for_those_who_see_it(client: Client, cast: Cast) -> None:
    deals.deal(cast)
    column = f"/deals/columns/{deals.stage().pk}/"

    seen = []
    for person in (cast.alice, cast.mallory):
        client.force_login(person)
        seen.append("Lamps for the lobby" in client.get(column).content.decode())

    assert seen == [True, False]


@pytest.mark.slow
def test_the_board_asks_as_often_for_many_deals(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    model = deals.deal(cast)
    client.get("/deals/")
    few = _queries(client, "/deals/")

    values = {field.attname: getattr(model, field.attname) for field in Deal._meta.concrete_fields}
    values.pop("id")
    Deal.objects.bulk_create(
        Deal(**values | {"rank": number, "created_at": NOON - timedelta(minutes=number)})
        for number in range(200)
    )

    assert _queries(client, "/deals/") == few


def test_signing_begins_with_what_the_deal_knows(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    document = make.document(cast.alice)
    client.force_login(cast.alice)

    client.post(f"/envelopes/new/?deal={deal.pk}", {"document": document.pk})

    envelope = Envelope.objects.get()
    client_party = envelope.parties.get(employee=None)
    assert (envelope.deal, envelope.title) == (deal, "Lamps for the lobby")
    assert (client_party.contact, str(envelope.amount)) == (cast.frank, "1200.00")
    page = client.get(f"/deals/{deal.pk}/documents/").content.decode()
    assert f"/envelopes/{envelope.pk}/" in page
    assert "Preparation begun" in client.get(f"/deals/{deal.pk}/").content.decode()


def test_documents_out_of_reach_are_not_named_in_the_timeline(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    Envelope.objects.filter(pk=make.sent(cast).pk).update(deal=deal, title="Dismissal of Eve")
    Grant.objects.filter(section=Section.DOCUMENTS).delete()
    client.force_login(cast.bob)

    page = client.get(f"/deals/{deal.pk}/").content.decode()

    assert "Lamps for the lobby" in page
    assert "Dismissal of Eve" not in page


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "€1,234.50"), ("fr", "1 234,50 €"), ("pl", "1 234,50 €")]
)
def test_money_is_written_as_the_reader_does(language: str, shown: str) -> None:
    with translation.override(language):
        written = money(number_typed("1234.5"), "EUR")

    assert re.sub(r"\s", " ", written) == shown


def test_a_number_that_no_arithmetic_bears_is_none() -> None:
    with pytest.raises(NotANumber):
        number_typed("1e999999999")


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_what_a_colleague_changed_meanwhile_is_shown_first(client: Client, cast: Cast) -> None:
    deal = deals.deal(cast)
    client.force_login(cast.alice)
    page = f"/deals/{deal.pk}/edit/"
    seen = re.findall(r'name="seen" value="([^"]+)"', client.get(page).content.decode())[0]
    other = replace(deals.card(cast), comment="Call on Monday")
    edit_deal(deal, other, by=cast.olga.actor, at=NOON)

    refused = client.post(page, _typed(cast, title="Lamps, blue", seen=seen))

    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Comment: Call on Monday" in text
    assert "Amount:" not in text
    assert 'value="Lamps, blue"' in text
    again = re.findall(r'name="seen" value="([^"]+)"', text)[0]
    assert client.post(page, _typed(cast, title="Lamps, blue", seen=again)).status_code == 302


def test_people_of_the_chosen_company_are_offered_first(client: Client, cast: Cast) -> None:
    for first, company in (("Anna", None), ("Zoe", cast.client)):
        card = ContactCard("Lind", first, "", f"{first}@x.example", company=company)
        by = cast.alice.actor
        create_contact(card, responsible=cast.alice, by=by, at=NOON, may_be_incomplete=True)
    client.force_login(cast.alice)

    page = client.get(
        f"/deals/choose/people/?contact_text=lind&client={cast.client.pk}"
    ).content.decode()

    assert page.index("Zoe Lind") < page.index("Anna Lind")
