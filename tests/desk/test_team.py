"""The page of the team's figures: who sees whom, where numbers lead, and the file."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from paraph.people.models import Employee
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


def just_now() -> datetime:
    """Pages count back from their own clock."""
    return datetime.now(UTC) - timedelta(minutes=10)


def page(client: Client, person: Employee, address: str = "/team/") -> str:
    client.force_login(person)
    return client.get(address).content.decode()


def test_a_supervisor_sees_everybody_within_reach(client: Client, cast: Cast) -> None:
    make.sent(cast, at=just_now())

    shown = page(client, cast.olga)

    assert "Alice Martin" in shown
    assert "<title id=" in shown
    assert re.search(r"responsible=\d+&amp;standing=with-us", shown)


def test_an_employee_sees_only_their_own_figures(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast, at=just_now())
    Envelope.objects.filter(pk=envelope.pk).update(responsible=cast.olga)
    make.sent(cast, at=just_now())

    shown = page(client, cast.alice)

    assert ("Alice Martin" in shown, f"responsible={cast.olga.pk}&" in shown) == (True, False)


def test_who_may_not_look_finds_no_page(client: Client, cast: Cast) -> None:
    client.force_login(cast.mallory)

    assert client.get("/team/").status_code == 404
    assert client.get("/team/export/").status_code == 404


def test_nothing_sent_yet_is_said_kindly(client: Client, cast: Cast) -> None:
    assert "Nothing to count yet" in page(client, cast.olga)


def test_a_touched_address_shows_the_usual_period(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)

    answer = client.get("/team/?weeks=7x&department=999&template=-1")

    assert answer.status_code == 200


def test_the_figures_come_as_a_file(client: Client, cast: Cast) -> None:
    make.completed(cast, at=just_now())
    client.force_login(cast.olga)

    answer = client.get("/team/export/?format=csv")

    written = answer.getvalue().decode("utf-8-sig")
    heads, row = csv.reader(io.StringIO(written))
    told = dict(zip(heads, row, strict=True))
    assert (told["Person"], told["Signed"], told["Sent"]) == ("Alice Martin", "1", "1")
    assert told["Sent in the period: Signed"] == "1"


def test_who_may_only_look_gets_no_file(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    assert client.get("/team/").status_code == 200
    assert client.get("/team/export/").status_code == 404
