"""To see something is not to change it: each button asks how far its own right reaches."""

import pytest
from django.test import Client

from paraph.contacts.models import Company, Contact
from paraph.signing.lifecycle import Status
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("verb", ["cancel", "parties/{party}/remind", "parties/{party}/link"])
def test_who_is_asked_to_sign_does_not_steer_the_envelope(
    client: Client, cast: Cast, verb: str
) -> None:
    envelope = make.sent(cast)
    party = make.party(envelope, name="Erin")
    client.force_login(cast.erin)

    path = f"/envelopes/{envelope.pk}/"
    answer = client.post(f"{path}{verb.format(party=party.pk)}/", {"reason": "Not mine"})

    envelope.refresh_from_db()
    assert client.get(path).status_code == 200
    assert (answer.status_code, envelope.status) == (404, Status.SENT)


def test_our_stamp_and_bank_are_changed_by_those_alone_whose_right_reaches(
    client: Client, cast: Cast
) -> None:
    page = f"/companies/{cast.company.pk}/"
    client.force_login(cast.erin)

    seen = client.get(page).status_code
    mine = {"name": "Mine", "country": "FR", "iban": ""}
    edited = client.post(f"{page}edit/", mine).status_code
    stamped = client.post(f"{page}pictures/stamp/set/", {"remove": "1"}).status_code

    assert (seen, edited, stamped) == (200, 404, 404)
    assert Company.objects.get(pk=cast.company.pk).name == "Ardent SAS"


def test_an_employee_makes_no_company_that_sends(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    assert client.get("/companies/new/?ours=1").status_code == 404
    assert client.get("/companies/new/").status_code == 200


def test_a_contact_out_of_reach_stays(client: Client, cast: Cast) -> None:
    client.force_login(cast.erin)

    answer = client.post(f"/contacts/{cast.frank.pk}/delete/")

    assert answer.status_code == 404
    assert Contact.objects.filter(pk=cast.frank.pk).exists()
