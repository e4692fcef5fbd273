"""Who leaves is out at once; what was theirs goes to the heir."""

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from paraph.contacts.models import Contact
from paraph.journal import SYSTEM, Fact
from paraph.people.actions.inviting import renew_invitation
from paraph.people.actions.leaving import deactivate_employee
from paraph.people.models import Employee
from paraph.people.refusals import CannotLeave
from paraph.signing.models import Envelope
from tests import make
from tests.cast import PASSWORD, Cast
from tests.moments import NOON

pytestmark = pytest.mark.django_db


def test_who_leaves_is_signed_out_everywhere_at_once(client: Client, cast: Cast) -> None:
    client.post("/accounts/login/", {"login": cast.alice.email, "password": PASSWORD})
    inside = client.get("/contacts/").status_code

    deactivate_employee(cast.alice, heir=None, by=SYSTEM, at=NOON)

    assert inside == 200
    assert client.get("/contacts/").status_code == 302
    assert not UserSession.objects.filter(user=cast.alice).exists()
    assert not client.login(email=cast.alice.email, password=PASSWORD)


def test_what_was_theirs_goes_to_the_heir(cast: Cast) -> None:
    envelope = make.draft(cast)

    deactivate_employee(cast.alice, heir=cast.erin, by=SYSTEM, at=NOON)

    envelope = Envelope.objects.get(pk=envelope.pk)
    assert envelope.responsible == cast.erin
    assert envelope.documents.get().responsible == cast.erin
    told = Fact.objects.get(event="envelope.handed-over").facts["changes"]
    assert told == {"responsible": ["Alice Martin", "Erin Lindqvist"]}


def test_without_an_heir_everything_stays_under_their_name(cast: Cast) -> None:
    deactivate_employee(cast.alice, heir=None, by=SYSTEM, at=NOON)

    assert set(Contact.objects.values_list("responsible", flat=True)) == {cast.alice.pk}


def test_who_left_signs_nothing_any_more(cast: Cast, client: Client) -> None:
    envelope = make.sent(cast)
    token = make.token(make.party(envelope, name="Erin"))
    before = client.get(f"/s/{token}/").status_code

    deactivate_employee(cast.erin, heir=None, by=SYSTEM, at=NOON)

    assert before == 200
    assert client.get(f"/s/{token}/").status_code == 410


def test_nobody_takes_over_from_themselves(cast: Cast) -> None:
    with pytest.raises(CannotLeave):
        deactivate_employee(cast.alice, heir=cast.alice, by=SYSTEM, at=NOON)


def test_nobody_takes_over_who_left_meanwhile(cast: Cast) -> None:
    heir = Employee.objects.get(pk=cast.erin.pk)
    deactivate_employee(cast.erin, heir=None, by=SYSTEM, at=NOON)

    with pytest.raises(CannotLeave):
        deactivate_employee(cast.alice, heir=heir, by=SYSTEM, at=NOON)


def test_who_comes_back_chooses_a_new_password(cast: Cast) -> None:
    deactivate_employee(cast.alice, heir=None, by=SYSTEM, at=NOON)

    renew_invitation(cast.alice, by=SYSTEM, at=NOON)

    cast.alice.refresh_from_db()
    assert (cast.alice.state, cast.alice.has_usable_password()) == ("invited", False)
