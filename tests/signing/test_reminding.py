"""Reminders by schedule: days are counted where the party is, in working hours, never twice."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from paraph.messaging.models import Message
from paraph.signing import rules
from paraph.signing.actions.arranging import change_reminders
from paraph.signing.actions.following import remind_by_schedule, remind_everybody
from paraph.signing.deadlines import deadline_told
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Envelope, Party
from paraph.signing.refusals import CannotChoose, CannotRemind
from tests import make
from tests.cast import Cast
from tests.moments import NOON

pytestmark = pytest.mark.slow

POLICY = rules.Policy(first_after_days=2, every_days=3, at_most=2)


def waiting(asked_at: datetime, *, reminded_at: datetime | None = None, count: int = 0) -> Party:
    return Party(
        status=PartyStatus.ASKED, asked_at=asked_at, reminded_at=reminded_at, reminders=count
    )


@pytest.mark.parametrize(
    ("asked", "zone", "now", "is_due"),
    [
        ("2026-03-02T12:00", "Europe/Paris", "2026-03-04T07:59", False),  # before nine there
        ("2026-03-02T12:00", "Europe/Paris", "2026-03-04T08:00", True),
        ("2026-03-02T12:00", "Europe/Paris", "2026-03-04T17:00", False),  # after six there
        ("2026-03-02T12:00", "America/New_York", "2026-03-04T08:00", False),
        ("2026-03-02T12:00", "America/New_York", "2026-03-04T14:00", True),
        ("2026-03-02T23:30", "Asia/Tokyo", "2026-03-05T00:00", True),  # asked on the 3rd there
        ("2026-03-02T23:30", "Asia/Tokyo", "2026-03-04T00:00", False),
        ("2026-03-05T12:00", "Europe/Paris", "2026-03-07T10:00", False),  # a Saturday
        ("2026-03-05T12:00", "Europe/Paris", "2026-03-09T08:00", True),  # the Monday after
        # The clocks go forward on 29 March: nine o'clock there is an hour earlier in UTC.
        ("2026-03-28T12:00", "Europe/Paris", "2026-03-30T06:59", False),
        ("2026-03-28T12:00", "Europe/Paris", "2026-03-30T07:00", True),
        # And back on 25 October.
        ("2026-10-24T12:00", "Europe/Paris", "2026-10-26T07:30", False),
        ("2026-10-24T12:00", "Europe/Paris", "2026-10-26T08:00", True),
    ],
)
def test_days_are_counted_where_the_party_is(
    asked: str, zone: str, now: str, is_due: bool
) -> None:
    party = waiting(datetime.fromisoformat(asked).replace(tzinfo=UTC))
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    assert rules.is_reminder_due(party, POLICY, zone=zone, at=at) is is_due


def test_a_reminder_starts_the_next_pause_and_the_last_one_ends_them() -> None:
    monday = datetime(2026, 3, 2, 12, tzinfo=UTC)
    first = waiting(monday, reminded_at=monday + timedelta(days=2), count=1)
    last = waiting(monday, reminded_at=monday + timedelta(days=2), count=2)
    after = [monday + timedelta(days=days) for days in (2, 4, 7)]

    due = [rules.is_reminder_due(first, POLICY, zone="UTC", at=at) for at in after]

    assert due == [False, False, True]
    assert not rules.is_reminder_due(last, POLICY, zone="UTC", at=after[2])


def test_the_schedule_reminds_once_however_often_it_runs(cast: Cast) -> None:
    envelope = make.sent(cast)
    change_reminders(envelope, policy=POLICY, by=cast.alice.actor, at=NOON)
    erin = make.party(envelope, name="Erin")
    assert erin.asked_at
    noon = erin.asked_at.replace(hour=12) + timedelta(days=14 - erin.asked_at.weekday())

    ran = [remind_by_schedule(erin, at=noon + timedelta(minutes=n)) for n in range(3)]

    assert ran == [True, False, False]
    assert Message.objects.about("party", erin.pk).filter(kind="reminder").count() == 1


def test_a_policy_is_kept_within_reason(cast: Cast) -> None:
    envelope = make.sent(cast)
    wild = rules.Policy(first_after_days=0, every_days=1, at_most=999)

    with pytest.raises(CannotChoose):
        change_reminders(envelope, policy=wild, by=cast.alice.actor, at=NOON)
    change_reminders(envelope, policy=None, by=cast.alice.actor, at=NOON)

    assert Envelope.objects.get(pk=envelope.pk).reminders == {}


def test_everybody_who_waits_is_reminded_at_once_and_not_again(cast: Cast) -> None:
    envelope = make.sent(cast, parties="Frank, Grace > Erin")
    asked_at = make.party(envelope, name="Frank").asked_at
    assert asked_at
    later = asked_at + timedelta(hours=1)

    reminded = remind_everybody(envelope, by=cast.alice.actor, at=later)

    assert sorted(party.name.split()[0] for party in reminded) == ["Frank", "Grace"]
    with pytest.raises(CannotRemind):
        remind_everybody(envelope, by=cast.alice.actor, at=later)


def test_a_new_draft_reminds_as_the_installation_does(cast: Cast, settings: Settings) -> None:
    settings.PARAPH_REMINDERS = "3 7 2"

    draft = make.draft(cast)

    assert draft.reminders == {"first_after_days": 3, "every_days": 7, "at_most": 2}


def test_a_deadline_is_told_by_the_clock_of_its_reader() -> None:
    envelope = Envelope(deadline_at=datetime(2026, 12, 6, 22, 59, 59, tzinfo=UTC))
    reader = Party(envelope=envelope, language="en", time_zone="America/New_York")

    assert deadline_told(reader) == "6 December 2026, 17:59 (New York)"
    reader.time_zone, reader.language = "Europe/Warsaw", "pl"
    assert deadline_told(reader) == "6 grudnia 2026, 23:59 (Warszawa)"
