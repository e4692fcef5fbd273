"""Sessions: one request of them is the person's, and ends when it must."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from paraph.people.models import Employee
from tests.cast import Cast


def test_each_browser_is_its_own_person(cast: Cast) -> None:
    browsers = {}
    for person in (cast.olga, cast.alice):
        browsers[person.email] = Client()
        browsers[person.email].force_login(person)

    pages = {email: browser.get("/").content.decode() for email, browser in browsers.items()}

    assert all(email in page for email, page in pages.items())
    assert cast.alice.email not in pages[cast.olga.email]


def test_a_session_ends_with_its_time_and_with_the_job(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    assert client.get("/").status_code == 200

    Employee.objects.filter(pk=cast.alice.pk).update(is_active=False)
    assert client.get("/").status_code == 302

    Employee.objects.filter(pk=cast.alice.pk).update(is_active=True)
    assert client.get("/").status_code == 200

    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302


def test_a_changed_password_ends_the_sessions_before_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    assert client.get("/").status_code == 200

    cast.alice.set_password("another-long-password")
    cast.alice.save()

    assert client.get("/").status_code == 302
