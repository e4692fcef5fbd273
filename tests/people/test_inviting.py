"""Whoever follows an invitation waits for an administrator who is changing the same account."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from paraph.kit import db
from paraph.messaging.models import Message
from paraph.people.actions.inviting import Acceptance, accept_invitation, invite_employee
from paraph.people.actions.joining import NewEmployee
from paraph.people.models import Employee, Invitation
from paraph.people.refusals import InvitationOver
from tests.cast import gather
from tests.moments import NOON
from tests.parallel import postgres_database as postgres_database

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.usefixtures("postgres_database"),
]
CHOICE = Acceptance("Nina", "Berg", "a long enough phrase", "pl", "Europe/Warsaw")


def _accepted_while(change: Callable[[Employee], object]) -> Employee:
    """Let Nina follow her link while somebody holds her account, and then changes it."""
    olga = gather().olga
    new = NewEmployee("nina@example.org", "Nina", "")
    nina = invite_employee(new, roles=[], by=olga.actor, at=NOON)
    letter = Message.objects.get(kind="invitation")
    token = letter.text.rpartition("/welcome/")[2].partition("/")[0]
    with ThreadPoolExecutor(1) as door:
        with db.unit_of_work():
            nina.lock()
            accepting = door.submit(_accept, token)
            _until_somebody_waits()
            change(nina)
        return accepting.result()


def _accept(token: str) -> Employee:
    try:
        return accept_invitation(token, CHOICE, at=NOON)
    finally:
        connection.close()


def _until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _look in range(100_000):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits for the account.")


def test_what_an_administrator_writes_meanwhile_stays() -> None:
    def move(nina: Employee) -> None:
        Employee.objects.filter(pk=nina.pk).update(position="Notary")

    nina = _accepted_while(move)

    nina.refresh_from_db()
    assert (nina.name, nina.position, nina.state) == ("Nina Berg", "Notary", "active")
    assert nina.check_password(CHOICE.password)


def test_a_link_replaced_meanwhile_opens_nothing() -> None:
    def replace(nina: Employee) -> None:
        Invitation.objects.filter(employee=nina).update(token_hash="another")

    with pytest.raises(InvitationOver):
        _accepted_while(replace)

    assert Invitation.objects.count() == 1
    assert Employee.objects.get(email="nina@example.org").state == "invited"
