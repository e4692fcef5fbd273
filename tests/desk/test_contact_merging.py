"""Merging on the desk: found by a scan, previewed, merged, undone, or told apart."""

import pytest
from django.test import Client

from paraph.contacts.actions.creating import create_contact
from paraph.contacts.actions.telling_apart import tell_apart
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Contact, Merge
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Grant
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow


@pytest.fixture
def twin(cast: Cast) -> Contact:
    """Somebody who is Frank again, written otherwise."""
    card = ContactCard("Frank", "KOWALSKI", "+33612345601", "other@example.org")
    return create_contact(card, responsible=cast.alice, by=cast.alice.actor, at=NOON)


def test_a_scan_finds_who_is_there_twice(client: Client, cast: Cast, twin: Contact) -> None:
    client.force_login(cast.alice)

    client.post("/contacts/duplicates/scan/")

    page = client.get("/contacts/duplicates/").content.decode()
    assert f"ids={cast.frank.pk},{twin.pk}" in page
    assert "Same phone" in page
    assert "O’Neill" not in page


def test_who_was_told_apart_is_not_shown_again(client: Client, cast: Cast, twin: Contact) -> None:
    client.force_login(cast.alice)
    client.post("/contacts/duplicates/scan/")

    client.post("/contacts/duplicates/apart/", {"ids": f"{cast.frank.pk},{twin.pk}"})
    client.post("/contacts/duplicates/scan/")

    assert "No duplicates" in client.get("/contacts/duplicates/").content.decode()


def test_the_preview_offers_what_differs_and_merging_follows_it(
    client: Client, cast: Cast, twin: Contact
) -> None:
    client.force_login(cast.alice)
    ids = f"{cast.frank.pk},{twin.pk}"

    preview = client.get(f"/contacts/merge/?ids={ids}").content.decode()
    chosen = {"ids": ids, "merge": "1", "email": str(cast.frank.pk), "last_name": cast.frank.pk}
    answer = client.post("/contacts/merge/", chosen | {"first_name": cast.frank.pk})

    assert 'name="email"' in preview
    assert 'name="phone"' not in preview
    assert answer["Location"] == f"/contacts/{cast.frank.pk}/"
    page = client.get(f"/contacts/{twin.pk}/", follow=True).content.decode()
    assert "Frank Kowalski</h1>" in page
    assert "other@example.org" in page


def test_a_selection_of_the_list_is_previewed_first(
    client: Client, cast: Cast, twin: Contact
) -> None:
    client.force_login(cast.alice)

    page = client.post("/contacts/merge/", {"ids": [cast.frank.pk, twin.pk]}).content.decode()

    assert "What the contact will say" in page
    assert Contact.objects.filter(pk=twin.pk).exists()


def test_a_merge_is_undone_from_the_page(client: Client, cast: Cast, twin: Contact) -> None:
    client.force_login(cast.alice)
    client.post("/contacts/merge/", {"ids": f"{cast.frank.pk},{twin.pk}", "merge": "1"})
    merge = Merge.objects.get()

    client.post(f"/contacts/merges/{merge.pk}/undo/")

    assert client.get(f"/contacts/{twin.pk}/").status_code == 200


def test_who_is_deleted_takes_along_who_was_merged_into_them(
    client: Client, cast: Cast, twin: Contact
) -> None:
    client.force_login(cast.alice)
    before = client.get(f"/contacts/{cast.frank.pk}/delete/").content.decode()
    client.post("/contacts/merge/", {"ids": f"{cast.frank.pk},{twin.pk}", "merge": "1"})

    page = client.get(f"/contacts/{cast.frank.pk}/delete/").content.decode()

    assert "cannot be taken apart any more" in page
    assert "cannot be taken apart any more" not in before


def test_a_timeline_tells_apart_only_who_is_seen(
    client: Client, cast: Cast, twin: Contact
) -> None:
    tell_apart([cast.frank, twin], by=cast.alice.actor, at=NOON)
    client.force_login(cast.alice)

    told = client.get(f"/timelines/contact/{cast.frank.pk}/").content.decode()
    Grant.objects.filter(section__in=[Section.CONTACTS, Section.CRM]).update(level=Level.OWN)
    Contact.objects.filter(pk=twin.pk).update(responsible=cast.bob)
    hidden = client.get(f"/timelines/contact/{cast.frank.pk}/").content.decode()

    assert "Told apart" in told
    assert "KOWALSKI" not in hidden


def test_with_one_contact_one_looks_for_the_other(
    client: Client, cast: Cast, twin: Contact
) -> None:
    client.force_login(cast.alice)

    page = client.get(f"/contacts/merge/?ids={cast.frank.pk}").content.decode()

    assert f"ids={cast.frank.pk},{twin.pk}" in page


def test_who_may_delete_nothing_merges_nothing(client: Client, cast: Cast, twin: Contact) -> None:
    Grant.objects.filter(right=Right.DELETE, section__in=[Section.CONTACTS, Section.CRM]).update(
        level=0
    )
    client.force_login(cast.alice)
    ids = f"{cast.frank.pk},{twin.pk}"

    page = client.get(f"/contacts/merge/?ids={ids}").content.decode()
    client.post("/contacts/merge/", {"ids": ids, "merge": "1"})

    assert "Only one of them can stay" in page
    assert Contact.objects.filter(pk=twin.pk).exists()


def test_a_stranger_merges_nobody(client: Client, cast: Cast, twin: Contact) -> None:
    client.force_login(cast.erin)

    page = client.get(f"/contacts/merge/?ids={cast.frank.pk},{twin.pk}")

    assert page.status_code in (200, 404)
    assert "Frank" not in page.content.decode()
