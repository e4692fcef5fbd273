"""The first page leads nobody to a page that they would not find."""

import pytest
from django.test import Client

from paraph.people.models import Employee
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TOUR = "Try Paraph in three steps"


def _first_page(client: Client, person: Employee) -> str:
    client.force_login(person)
    return client.get("/").content.decode()


def test_the_tour_is_for_those_who_may_open_the_mailbox(cast: Cast, client: Client) -> None:
    assert TOUR in _first_page(client, cast.olga)
    assert client.get("/mailbox/").status_code == 200

    assert TOUR not in _first_page(client, cast.alice)
    assert client.get("/mailbox/").status_code == 404
