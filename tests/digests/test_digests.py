"""The daily digest: to whom it goes, when by their own clock, of what, and never twice."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from paraph.digests.actions import arrange_digest, write_digest
from paraph.digests.messages import token_of
from paraph.digests.models import Digest
from paraph.digests.queries import digest_of, due_now, is_due
from paraph.journal import SYSTEM
from paraph.messaging.models import Message
from paraph.people.actions.departments import Branch, create_department
from paraph.people.models import Employee
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

MONDAY = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)  # half past eight in Paris
DAY = MONDAY.date()


def _needing(cast: Cast, **columns: object) -> Envelope:
    envelope = make.draft(cast, title="Lease")
    troubled = {"is_bounced": True, "standing": "with-client", **columns}
    Envelope.objects.filter(pk=envelope.pk).update(**troubled)
    return envelope


def _letters() -> list[Message]:
    return list(Message.objects.filter(kind="digest"))


def test_it_names_what_needs_its_reader_and_why_in_their_language(cast: Cast) -> None:
    _needing(cast, has_question=True)
    Employee.objects.filter(pk=cast.alice.pk).update(language="fr")

    assert due_now(at=MONDAY) == [cast.alice]
    assert write_digest(Employee.objects.get(pk=cast.alice.pk), day=DAY, at=MONDAY)

    [letter] = _letters()
    assert (letter.recipient, letter.language) == (cast.alice.email, "fr")
    assert "Lease" in letter.text and "Lease" in letter.html
    assert "/digest/off/" in letter.text and "/digest/off/" in letter.html
    assert letter.unsubscribe_url


def test_it_comes_once_a_day_however_often_it_is_asked_for(cast: Cast) -> None:
    _needing(cast)

    outcomes = [write_digest(cast.alice, day=DAY, at=MONDAY) for _each in range(3)]

    assert outcomes == [True, False, False]
    assert len(_letters()) == 1
    assert not due_now(at=MONDAY + timedelta(hours=1))
    assert due_now(at=MONDAY + timedelta(days=1)) == [cast.alice]


def test_nothing_is_written_when_there_is_nothing_to_tell(cast: Cast) -> None:
    make.draft(cast)

    assert not due_now(at=MONDAY)
    assert not write_digest(cast.alice, day=DAY, at=MONDAY)


def test_who_chose_other_kinds_or_none_at_all_is_left_in_peace(cast: Cast) -> None:
    _needing(cast)
    arrange_digest(cast.alice, is_on=True, hour=8, kinds=["unread"], with_team=True)
    assert not write_digest(cast.alice, day=DAY, at=MONDAY)

    arrange_digest(cast.alice, is_on=False, hour=8, kinds=[], with_team=True)

    assert not write_digest(cast.alice, day=DAY + timedelta(days=1), at=MONDAY)


def test_the_head_of_a_department_hears_of_the_team(cast: Cast) -> None:
    sales = create_department(Branch("Sales", head=cast.erin), by=SYSTEM, at=MONDAY)
    Employee.objects.filter(pk=cast.alice.pk).update(department=sales)
    _needing(cast)

    assert cast.erin in due_now(at=MONDAY)
    assert write_digest(Employee.objects.get(pk=cast.erin.pk), day=DAY, at=MONDAY)

    [letter] = _letters()
    assert f"{cast.alice.name}: 1" in letter.text
    assert "Lease" not in letter.text


def test_who_lost_the_right_to_look_hears_nothing(cast: Cast) -> None:
    _needing(cast, responsible=cast.mallory)

    assert not write_digest(cast.mallory, day=DAY, at=MONDAY)


def test_the_link_stops_it_by_one_click_and_looking_changes_nothing(
    client: Client, cast: Cast
) -> None:
    address = f"/digest/off/{token_of(cast.alice)}/"
    assert client.get(address).status_code == 200
    assert digest_of(cast.alice).is_on

    answer = client.post(address, {"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert not digest_of(cast.alice).is_on
    client.post(address, {"back": "1"})
    assert digest_of(cast.alice).is_on
    assert client.get("/digest/off/else/").status_code == 404


def test_everybody_arranges_their_own(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)
    assert client.post("/digest/", {"hour": "8"}).status_code == 422

    client.post("/digest/", {"is_on": "on", "hour": "17", "kinds": ["bounced", "locked"]})

    kept = digest_of(cast.alice)
    assert (kept.hour, kept.kinds, kept.with_team) == (17, ["bounced", "locked"], False)
    assert "17:00" in client.get("/digest/").content.decode()


def test_an_administrator_settles_the_days(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    days = {"near_days": "5", "unread_days": "1", "unfinished_days": "2", "kinds": ["unread"]}
    assert client.post("/attention/", days).status_code == 302

    client.force_login(cast.alice)

    assert client.get("/attention/").status_code == 404


ZONES = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]


@pytest.mark.parametrize("zone", ZONES)
@given(hour=st.integers(0, 23), day=st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_each_working_day_has_one_digest_whatever_the_clocks_do(
    zone: str, hour: int, day: date
) -> None:
    person = Employee(time_zone=zone)
    person.digest = Digest(hour=hour)
    begin = datetime.combine(day, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    written = []
    for minutes in range(0, 26 * 60, 10):
        at = begin + timedelta(minutes=minutes)
        if is_due(person, at=at):
            person.digest.looked_on = at.astimezone(ZoneInfo(zone)).date()
            written.append(person.digest.looked_on)

    assert written.count(day) == (day.weekday() < 5)
    assert len(set(written)) == len(written)
