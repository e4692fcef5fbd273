"""The list of documents and the calendar: filters, group actions and what can be taken back."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from paraph.batches.models import Batch
from paraph.journal.models import Fact
from paraph.messaging.models import Message
from paraph.people.matrix import Level, Right, Section
from paraph.people.models import Employee, Grant, Role, RoleGiven
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow
NOW = timezone.now()


def _act(client: Client, action: str, *chosen: Envelope, **answers: str) -> None:
    given = {f"do-{name}": value for name, value in answers.items()}
    ids = [str(envelope.pk) for envelope in chosen]
    sent = {"ids": ids, "confirmed": "1", **given}
    assert client.post(f"/envelopes/list/act/{action}/", sent).status_code == 302


def _titled(cast: Cast, title: str, **columns: object) -> Envelope:
    envelope = make.draft(cast, title=title)
    Envelope.objects.filter(pk=envelope.pk).update(**columns)
    return envelope


FINDING = (
    *("attention=bounced", "attention=any", "standing=with-client", "client=frank", "q=lease"),
    "amount_from=100&amount_until=200,5",
)
LEAVING_OUT = (
    *("attention=unread", "due=1", "department=99", "amount_from=201"),
    "responsible=x&template=y",
)


def test_each_filter_finds_what_fits(client: Client, cast: Cast) -> None:
    columns = {"is_bounced": True, "amount": 200, "currency": "EUR", "standing": "with-client"}
    _titled(cast, "Lease", **columns)
    _titled(cast, "Offer", client_key="", client_name="")
    client.force_login(cast.olga)

    for query in (*FINDING, *LEAVING_OUT):
        page = client.get(f"/envelopes/?{query}").content.decode()

        assert ("Lease" in page) == (query in FINDING), query
        assert "Offer" not in page, query


def test_the_list_says_in_words_what_stands_out(client: Client, cast: Cast) -> None:
    _titled(cast, "Lease", is_bounced=True, has_question=True)
    client.force_login(cast.olga)

    page = client.get("/envelopes/").content.decode()

    assert "Message came back, Question asked" in page


def test_many_are_reminded_and_one_that_is_done_is_refused(client: Client, cast: Cast) -> None:
    running, draft = make.sent(cast, parties="Frank > Erin"), make.draft(cast)
    make.party(running, name="Frank").links.update(created_at=NOW - timedelta(days=1))
    client.force_login(cast.alice)

    _act(client, "remind", running, draft)

    assert Message.objects.filter(kind="reminder").count() == 1
    batch = Batch.objects.get()
    assert (batch.changed, batch.refused) == (1, 1)


def test_many_are_cancelled_with_a_reason_that_is_asked_for(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.alice)
    path, ids = "/envelopes/list/act/cancel/", {"ids": str(envelope.pk)}
    assert client.post(path, {**ids, "confirmed": "1"}).status_code == 422

    _act(client, "cancel", envelope, reason="Wrong price")

    assert Envelope.objects.get(pk=envelope.pk).standing == "cancelled"


def test_another_responsible_and_another_day_can_be_taken_back(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    before = Envelope.objects.get(pk=envelope.pk)
    client.force_login(cast.olga)
    _act(client, "responsible", envelope, responsible=str(cast.erin.pk))
    day = timezone.localdate() + timedelta(days=9)
    _act(client, "extend", envelope, until_on=day.isoformat())
    changed = Envelope.objects.get(pk=envelope.pk)
    assert changed.responsible == cast.erin
    assert changed.deadline_at and timezone.localdate(changed.deadline_at) == day

    for batch in Batch.objects.all():
        client.post(f"/batches/{batch.pk}/undo/")

    kept = Envelope.objects.get(pk=envelope.pk)
    assert (kept.responsible, kept.deadline_at) == (before.responsible, before.deadline_at)


def test_a_file_of_the_list_is_remembered(client: Client, cast: Cast) -> None:
    envelope = _titled(cast, "Lease")
    client.force_login(cast.olga)

    answer = client.get(f"/envelopes/list/csv/?ids={envelope.pk}")

    assert b"Lease" in answer.getvalue()
    assert Fact.objects.filter(event="envelopes.exported").count() == 1


def _own(cast: Cast, *rights: Right) -> Employee:
    """Let Mallory see what is theirs, and nothing else."""
    role = Role.objects.create(slug="own", name="Own")
    for right in rights:
        Grant.objects.create(role=role, section=Section.DOCUMENTS, right=right, level=Level.OWN)
    RoleGiven.objects.create(role=role, employee=cast.mallory)
    return cast.mallory


@pytest.mark.parametrize(
    "address",
    ["/envelopes/", "/envelopes/?attention=any", "/calendar/", "/", "/envelopes/list/csv/?"],
)
def test_who_sees_their_own_meets_nothing_else(client: Client, cast: Cast, address: str) -> None:
    due = NOW + timedelta(hours=1)
    columns = {"is_bounced": True, "deadline_at": due, "standing": "with-client"}
    theirs = _titled(cast, "Strange", **columns)
    mine = _titled(cast, "Familiar", **columns, responsible=_own(cast, Right.VIEW, Right.EXPORT))
    client.force_login(cast.mallory)
    if address.endswith("?"):
        address += f"ids={theirs.pk},{mine.pk}"

    answer = client.get(address)

    body = answer.getvalue()
    assert b"Familiar" in body
    assert b"Strange" not in body


@pytest.mark.parametrize("query", ["", "?span=week", "?day=2026-02-30", "?day=1-1-1&span=x"])
def test_the_calendar_shows_what_is_due_and_marks_what_is_late(
    client: Client, cast: Cast, query: str
) -> None:
    due = NOW - timedelta(seconds=1)
    _titled(cast, "Lease", deadline_at=due, standing="with-client")
    _titled(cast, "Signed", deadline_at=due, standing="completed")
    client.force_login(cast.olga)

    page = client.get(f"/calendar/{query}").content.decode()

    assert "Lease" in page and "Overdue" in page
    assert "Signed</strong>" not in page


def test_what_is_not_signed_has_no_file_to_take(client: Client, cast: Cast) -> None:
    envelope = _titled(cast, "Lease")
    client.force_login(cast.olga)

    answer = client.get(f"/envelopes/list/download/?ids={envelope.pk}", follow=True)

    assert "None of these is signed" in answer.content.decode()
