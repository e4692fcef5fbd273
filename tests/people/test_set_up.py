"""An installation for real use opens behind a one-time token, and only once."""

import pytest
from django.test import Client

from paraph.contacts.models import Company
from paraph.people.actions.joining import open_set_up
from paraph.people.models import Employee, Installation
from paraph.people.refusals import AlreadySetUp
from tests.moments import NOON

pytestmark = pytest.mark.django_db
ANSWERS = {
    "company": "Ardent SAS",
    "country": "FR",
    "language": "en",
    "first_name": "Olga",
    "last_name": "Nowak",
    "email": "olga@ardent.example",
    "password": "a long enough phrase",
}


def test_every_page_leads_to_set_up_until_it_is_done(client: Client) -> None:
    assert client.get("/contacts/")["Location"] == "/set-up/"
    assert client.get("/set-up/").status_code == 403


def test_the_token_opens_set_up_and_the_administrator_can_sign_in(client: Client) -> None:
    token = open_set_up(at=NOON)

    answer = client.post(f"/set-up/{token}/", ANSWERS)

    assert answer["Location"] == "/accounts/login/?next=/connections/"
    assert client.login(email="olga@ardent.example", password=ANSWERS["password"])
    assert Company.objects.ours().get().director == Employee.objects.get()
    assert not Installation.here().is_trial


def test_a_wrong_token_opens_nothing(client: Client) -> None:
    open_set_up(at=NOON)

    client.post("/set-up/guess/", ANSWERS)

    assert not Employee.objects.exists()


def test_the_token_may_be_typed_where_one_came_without_it(client: Client) -> None:
    token = open_set_up(at=NOON)

    wrong = client.post("/set-up/", {"token": "guess"})
    right = client.post("/set-up/", {"token": f" http://localhost:8000/set-up/{token}/ "})

    assert wrong.status_code == 403
    assert "This token opens nothing." in wrong.content.decode()
    assert right["Location"] == f"/set-up/{token}/"


def test_an_easy_password_is_refused_and_the_rest_is_kept(client: Client) -> None:
    token = open_set_up(at=NOON)

    answer = client.post(f"/set-up/{token}/", ANSWERS | {"password": "12345"})

    assert answer.status_code == 422
    assert "Ardent SAS" in answer.content.decode()
    assert not Employee.objects.exists()


def test_set_up_happens_once(client: Client) -> None:
    token = open_set_up(at=NOON)
    client.post(f"/set-up/{token}/", ANSWERS)

    client.post(f"/set-up/{token}/", ANSWERS | {"email": "mallory@example.org"})

    assert Employee.objects.get().email == "olga@ardent.example"
    with pytest.raises(AlreadySetUp):
        open_set_up(at=NOON)
