"""Merging companies: nothing is lost, people and deals move, and it can be taken back exactly."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from paraph import journal
from paraph.batches.actions import advance_batch, begin_batch, undo_batch
from paraph.batches.models import Batch
from paraph.comments.actions import write_comment
from paraph.comments.models import Subject
from paraph.comments.queries import comments_on, home_of
from paraph.contacts import company_scanning, snapshots
from paraph.contacts.actions.companies import create_company
from paraph.contacts.actions.company_merging import merge_companies, undo_company_merge
from paraph.contacts.actions.telling_apart import tell_companies_apart
from paraph.contacts.cards import Requisites
from paraph.contacts.joining import CannotMerge, CannotUndoMerge
from paraph.contacts.models import Company, Contact, Duplicate
from paraph.contacts.steps import index_contact
from tests.cast import Cast
from tests.moments import NOON
from tests.sales import deals

pytestmark = pytest.mark.slow

LATER = NOON + timedelta(minutes=5)


def _company(cast: Cast, name: str, **written: Any) -> Company:
    requisites = Requisites(name, **written)
    return create_company(
        requisites, is_ours=False, responsible=cast.alice, by=cast.alice.actor, at=NOON
    )


@pytest.fixture
def twin(cast: Cast) -> Company:
    """The client once more, written otherwise, with a person and a deal."""
    twin = _company(cast, "BOREALIS Limited", city="Paris", further={"ape": "6201Z"})
    cast.grace.company = twin
    index_contact(cast.grace)
    cast.grace.save()
    return twin


def _merged(cast: Cast, *companies: Company, **wanted: int) -> Any:
    return merge_companies(
        companies[0], companies[1:], wanted=wanted, by=cast.alice.actor, at=LATER
    )


def _rows(*companies: Company) -> list[dict[str, Any]]:
    """Return all that is stored about companies and their people."""
    numbers = [company.pk for company in companies]
    rows = Company.objects.filter(pk__in=numbers).order_by("pk")
    people = Contact.objects.filter(company__in=numbers).order_by("pk")
    return [snapshots.packed(row) for row in [*rows, *people]]


def test_merged_companies_keep_everything_and_come_apart_exactly(
    cast: Cast, twin: Company
) -> None:
    deal = deals.deal(cast)
    type(deal).objects.filter(pk=deal.pk).update(client=twin)
    Company.objects.filter(pk=twin.pk).update(logo="ab" * 32)
    before = _rows(cast.client, twin)

    merge = _merged(cast, cast.client, twin)

    survivor, deal = Company.objects.get(pk=cast.client.pk), type(deal).objects.get(pk=deal.pk)
    assert (survivor.city, survivor.further) == ("Lyon", {"ape": "6201Z"})
    assert survivor.logo == "ab" * 32
    assert {entry["value"] for entry in survivor.also} == {"BOREALIS Limited", "Paris"}
    assert Company.objects.matching("borealis lim").get() == survivor
    assert (deal.client, Contact.objects.get(pk=cast.grace.pk).company) == (survivor, survivor)

    undo_company_merge(merge, by=cast.alice.actor, at=LATER + timedelta(days=29))

    assert _rows(cast.client, twin) == before
    assert type(deal).objects.get(pk=deal.pk).client == twin


def test_people_are_found_by_the_company_that_stays(cast: Cast, twin: Company) -> None:
    merge = _merged(cast, cast.client, twin)
    key = Contact.objects.get(pk=cast.grace.pk).company_key
    undo_company_merge(merge, by=cast.alice.actor, at=LATER)

    assert key == Contact.objects.get(pk=cast.frank.pk).company_key
    assert Contact.objects.get(pk=cast.grace.pk).company_key == "borealis limited"


def test_what_was_said_and_done_is_on_the_page_that_stays(
    cast: Cast, twin: Company, client: Client
) -> None:
    about = (Subject.COMPANY, twin.pk)
    remark = write_comment("They pay late.", about=about, author=cast.alice, at=NOON)
    merge_companies(cast.client, [twin], wanted={}, by=cast.alice.actor, at=timezone.now())
    client.force_login(cast.alice)

    page = client.get(f"/companies/{twin.pk}/", follow=True)

    assert page.redirect_chain[-1][0] == f"/companies/{cast.client.pk}/"
    assert "Undo the merge" in page.content.decode()
    assert list(comments_on(Subject.COMPANY, cast.client.pk)) == [remark]
    assert home_of(remark) == (Subject.COMPANY, cast.client.pk)
    facts = journal.timeline(subject="company", object_id=twin.pk)
    assert facts[0].event == "company.merged"


def test_after_thirty_days_and_for_our_own_companies_it_is_refused(
    cast: Cast, twin: Company
) -> None:
    merge = _merged(cast, cast.client, twin)

    with pytest.raises(CannotUndoMerge, match="After 30 days"):
        undo_company_merge(merge, by=cast.alice.actor, at=LATER + timedelta(days=31))
    with pytest.raises(CannotMerge, match="no longer"):
        _merged(cast, cast.client, cast.company)


def _scan(cast: Cast) -> list[set[int]]:
    kind = company_scanning.COMPANIES.kind
    batch = begin_batch(kind, given={}, total=None, owner=cast.alice, at=NOON)
    while advance_batch(batch, at=NOON):
        pass
    groups: dict[int, set[int]] = {}
    for row in Duplicate.objects.filter(batch=batch):
        groups.setdefault(row.group, set()).add(row.number)
    return sorted(groups.values(), key=min)


def test_a_scan_finds_companies_and_leaves_those_told_apart(cast: Cast) -> None:
    one = _company(cast, "Northwind Ltd", website="https://www.northwind.example/")
    two = _company(cast, "NORTHWIND", phone="+442079460001")
    branch = _company(cast, "Norsk & Sons", website="northwind.example", phone="+442079460001")
    shop = _company(cast, "Southwind GmbH", tax_number="DE136695976")
    _company(cast, "Southwind", tax_number="DE129273398")

    found = _scan(cast)
    tell_companies_apart([one, two], by=cast.alice.actor, at=NOON)

    assert found == [{one.pk, two.pk}]
    assert _scan(cast) == []
    assert branch.pk and shop.pk


def test_the_pages_show_find_and_merge(cast: Cast, twin: Company, client: Client) -> None:
    client.force_login(cast.alice)

    client.post("/companies/duplicates/scan/")
    found = client.get("/companies/duplicates/").content.decode()
    ids = f"{cast.client.pk},{twin.pk}"
    preview = client.get(f"/companies/merge/?ids={ids}").content.decode()
    client.post("/companies/merge/", {"ids": ids, "merge": "1", "name": str(twin.pk)})

    assert twin.name in found and "Stays" in preview and 'name="name"' in preview
    survivor = Company.objects.clients().get(name=twin.name)
    assert survivor.also[0]["value"] == cast.client.name


def test_another_responsible_of_companies_can_be_undone(cast: Cast, twin: Company) -> None:
    given = {"selection": {"ids": [cast.client.pk, twin.pk]}, "responsible": cast.bob.pk}
    kind = "companies.change-responsible"
    batch = begin_batch(kind, given=given, total=2, owner=cast.alice, at=NOON)
    while advance_batch(batch, at=NOON):
        pass
    Company.objects.filter(pk=twin.pk).update(responsible=cast.erin)

    undo_batch(batch, by=cast.alice.actor, at=LATER)
    while advance_batch(Batch.objects.get(pk=batch.pk), at=LATER):
        pass

    whose = dict(Company.objects.clients().values_list("pk", "responsible"))
    assert (whose[cast.client.pk], whose[twin.pk]) == (cast.alice.pk, cast.erin.pk)
    assert [it.why for it in batch.refusals.all()] == ["Somebody has changed this since."]
