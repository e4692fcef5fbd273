"""An invitation is a letter with a link that works once; looking at it uses nothing up."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from paraph.messaging.models import Message
from paraph.people.actions.editing import edit_employee
from paraph.people.models import Employee, Invitation
from tests.cast import Cast
from tests.moments import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
INVITED = {"email": "Nina@example.org", "first_name": "Nina", "language": "fr", "roles": []}
ANSWERS = {
    "first_name": "Nina",
    "last_name": "Berg",
    "password": "a long enough phrase",
    "language": "pl",
    "time_zone": "Europe/Warsaw",
}


def _invite(client: Client, cast: Cast) -> str:
    client.force_login(cast.olga)
    answer = client.post("/people/invite/", INVITED)
    assert answer.status_code == 302, answer.content.decode()
    client.logout()
    return _link()


def _link() -> str:
    letter = Message.objects.filter(kind="invitation").order_by("-id")[0]
    found = re.search(r"/welcome/[\w-]+/", letter.text)
    assert found
    return found[0]


def test_who_is_invited_chooses_name_and_password_and_is_in(client: Client, cast: Cast) -> None:
    link = _invite(client, cast)
    looked = [client.get(link).status_code for _time in range(3)]

    answer = client.post(link, ANSWERS)

    assert looked == [200, 200, 200]
    assert answer["Location"] == "/"
    nina = Employee.objects.get(email="nina@example.org")
    assert (nina.name, nina.language, nina.time_zone) == ("Nina Berg", "pl", "Europe/Warsaw")
    assert client.get("/profile/").status_code == 200
    assert client.get(link).status_code == 410


def test_who_has_not_chosen_has_the_time_zone_of_the_installation(
    client: Client, cast: Cast, settings: Settings
) -> None:
    settings.TIME_ZONE = "Europe/Warsaw"

    _invite(client, cast)

    assert Employee.objects.get(email="nina@example.org").time_zone == "Europe/Warsaw"


def test_the_letter_speaks_the_language_that_was_chosen(client: Client, cast: Cast) -> None:
    link = _invite(client, cast)

    assert Message.objects.get(kind="invitation").language == "fr"
    assert not Invitation.objects.filter(token_hash__contains=link.split("/")[2]).exists()


def test_an_easy_password_is_refused_and_the_link_still_works(client: Client, cast: Cast) -> None:
    link = _invite(client, cast)

    refused = client.post(link, ANSWERS | {"password": "password"})

    assert refused.status_code == 422
    assert client.post(link, ANSWERS).status_code == 302


def test_a_link_grows_too_old(client: Client, cast: Cast) -> None:
    link = _invite(client, cast)
    Invitation.objects.update(good_until=timezone.now() - timedelta(seconds=1))

    assert client.get(link).status_code == 410
    assert client.post(link, ANSWERS).status_code == 410


def test_a_new_letter_makes_the_old_link_worthless(client: Client, cast: Cast) -> None:
    old = _invite(client, cast)
    nina = Employee.objects.get(email="nina@example.org")
    client.force_login(cast.olga)

    client.post(f"/people/{nina.pk}/invitation/renew/")

    client.logout()
    assert client.get(old).status_code == 410
    assert client.get(_link()).status_code == 200


def test_a_link_sent_to_a_wrong_address_opens_nothing_once_it_is_corrected(
    client: Client, cast: Cast
) -> None:
    old = _invite(client, cast)
    nina = Employee.objects.get(email="nina@example.org")

    edit_employee(nina, {"email": "nina.berg@example.org"}, by=cast.olga.actor, at=NOON)

    assert client.get(old).status_code == 410
    client.force_login(cast.olga)
    assert client.post(f"/people/{nina.pk}/invitation/renew/").status_code == 302
    client.logout()
    assert client.get(_link()).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(client: Client, cast: Cast) -> None:
    link = _invite(client, cast)
    nina = Employee.objects.get(email="nina@example.org")
    client.force_login(cast.olga)

    client.post(f"/people/{nina.pk}/invitation/withdraw/")

    client.logout()
    assert client.get(link).status_code == 410
    assert not Employee.objects.filter(email="nina@example.org").exists()


def test_an_address_is_invited_once(client: Client, cast: Cast) -> None:
    _invite(client, cast)
    client.force_login(cast.olga)

    answer = client.post("/people/invite/", INVITED)

    assert answer.status_code == 422
    assert "is used by somebody else already" in answer.content.decode()


def test_who_was_only_invited_cannot_ask_for_a_password(client: Client, cast: Cast) -> None:
    _invite(client, cast)

    client.post("/accounts/password/reset/", {"email": "nina@example.org"})

    assert not Message.objects.filter(kind="account", recipient="nina@example.org").exists()
