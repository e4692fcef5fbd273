"""The vault's pages: holds, deleting by hand, retention, and who may do which of it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Employee, Grant, Role, RoleGiven
from paraph.signing.lifecycle import Status
from paraph.vault.actions.erasing import order_erasure
from paraph.vault.actions.holding import place_hold
from paraph.vault.models import Hold, Retention, SignedFile, Tombstone
from tests.cast import Cast
from tests.moments import NOON
from tests.vault.house import signed, unsigned

pytestmark = pytest.mark.slow


def let_keep(person: Employee, level: Level) -> None:
    """Give a role with every right to the vault, that far."""
    role = Role.objects.create(slug="keeper", name="Keeper")
    for right in (Right.VIEW, Right.EDIT, Right.DELETE, Right.EXPORT):
        Grant.objects.create(role=role, section=Section.VAULT, right=right, level=level)
    RoleGiven.objects.create(role=role, employee=person)


def test_a_document_is_placed_on_hold_and_says_so_everywhere(cast: Cast, client: Client) -> None:
    file = signed(cast)
    client.force_login(cast.olga)
    told = {"what": f"contact-{cast.frank.pk}", "reason": "Case 12"}

    client.post(f"/vault/{file.pk}/hold/", told)

    for address in (
        f"/vault/{file.pk}/",
        f"/contacts/{cast.frank.pk}/",
        "/vault/holds/",
    ):
        assert "Case 12" in client.get(address).content.decode(), address
    assert "On hold" in client.get("/vault/?held=1").content.decode()
    assert client.post(f"/vault/{file.pk}/delete/").status_code == 409
    hold = Hold.objects.get()
    client.post(f"/vault/holds/{hold.pk}/lift/", {"reason": "Settled"})
    assert not Hold.objects.exists()


def test_deleting_asks_first_and_leaves_a_tombstone(cast: Cast, client: Client) -> None:
    file = signed(cast, title="Lease")
    client.force_login(cast.olga)

    asked = client.get(f"/vault/{file.pk}/delete/").content.decode()
    assert "Lease" in asked
    assert SignedFile.objects.exists()
    client.post(f"/vault/{file.pk}/delete/")

    assert not SignedFile.objects.exists()
    page = client.get("/vault/deleted/").content.decode()
    assert Tombstone.objects.get().readable in page
    assert "Lease" not in page


def test_rules_are_tried_before_they_are_saved(cast: Cast, client: Client) -> None:
    signed(cast, at=NOON - timedelta(days=4000))
    client.force_login(cast.olga)

    tried = client.get("/vault/retention/?try=1&other=5").content.decode()
    assert "Not saved yet" in tried
    assert "1 document is due" in tried
    assert not Retention.objects.exists()

    client.post("/vault/retention/change/", {"other": "5", "invoice": ""})
    assert Retention.objects.get().years == 5
    assert client.post("/vault/retention/change/", {"other": "0"}).status_code == 422


def test_trying_rules_puts_no_secret_into_the_address(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.olga)

    page = client.get("/vault/retention/").content.decode()
    form = page[page.index('<form action="/vault/retention/"') :].partition("</form>")[0]
    token = re.search(r'<button[^>]*name="csrfmiddlewaretoken" value="(\w+)"', form)
    assert token and form.count("csrfmiddlewaretoken") == 1  # with Save only
    sent = {"other": "5", "csrfmiddlewaretoken": token[1]}

    assert client.post("/vault/retention/change/", sent).status_code == 302
    assert Retention.objects.get().years == 5


def test_who_keeps_their_own_reaches_no_others(cast: Cast, client: Client) -> None:
    let_keep(cast.mallory, Level.OWN)
    other, own = signed(cast), signed(cast, owner=cast.mallory)
    going = unsigned(cast, Status.SENT)
    hold = place_hold(other.document, reason="Case 12", by=cast.olga, at=NOON)
    erasure = order_erasure(cast.grace, reason="letter", by=cast.olga, at=NOON)
    client.force_login(cast.mallory)

    assert client.get(f"/vault/{own.pk}/hold/").status_code == 200
    for address in (
        f"{other.pk}/hold/",
        f"{other.pk}/delete/",
        f"holds/{hold.pk}/lift/",
        f"holds/envelopes/{going.pk}/",
        f"holds/contacts/{cast.frank.pk}/",
        f"people/{cast.frank.pk}/",
        f"erasures/{erasure.pk}/",
        f"erasures/{erasure.pk}/report.txt",
    ):
        assert client.get(f"/vault/{address}").status_code == 404, address
    assert "Case 12" not in client.get("/vault/holds/").content.decode()


def test_only_whoever_edits_places_holds_on_envelopes_and_contacts(
    cast: Cast, client: Client
) -> None:
    envelope = unsigned(cast, Status.CANCELLED)
    for person, status in ((cast.bob, 404), (cast.olga, 302)):
        client.force_login(person)
        for address in (f"envelopes/{envelope.pk}/", f"contacts/{cast.grace.pk}/"):
            answer = client.post(f"/vault/holds/{address}", {"reason": "Case 12"})
            assert answer.status_code == status
    assert Hold.objects.count() == 2
