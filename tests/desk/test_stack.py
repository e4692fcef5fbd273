"""A director's desk: what waits for one, signed with one code; nobody else sees it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from paraph.messaging.models import Message
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Envelope, Party, Stack
from tests import make
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def _waiting(cast: Cast, *titles: str) -> list[Party]:
    parties = []
    for title in titles:
        envelope = make.sent(cast)
        Envelope.objects.filter(pk=envelope.pk).update(title=title)
        parties.append(make.party(envelope, name="Erin"))
    return parties


def _fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(shown-[\d-]+)" value="(\w+)"', page))


def _digits(cast: Cast) -> str:
    letter = Message.objects.about("employee", cast.erin.pk).order_by("-id")[0]
    return next(line for line in letter.text.splitlines() if line.isdecimal())


def test_the_chosen_documents_are_signed_with_one_code(client: Client, cast: Cast) -> None:
    first, second, third = _waiting(cast, "Lease", "Order", "Offer")
    client.force_login(cast.erin)
    chosen = client.post("/stack/", {"party": [first.pk, second.pk]}, follow=True)
    page = chosen.content.decode()
    typed = {"digits": _digits(cast), "agree": "yes", "typed": "Erin Lindqvist", **_fields(page)}

    answer = client.post(chosen.redirect_chain[-1][0], typed, follow=True)

    assert "Lease" in page and "Offer" not in page
    assert "2 documents signed" in answer.content.decode()
    third.refresh_from_db()
    assert third.status == PartyStatus.ASKED


def test_what_was_put_aside_stays_aside_while_one_reads(client: Client, cast: Cast) -> None:
    first, second = _waiting(cast, "Lease", "Order")
    client.force_login(cast.erin)

    read = client.post("/stack/", {"party": [second.pk], "read": first.pk})

    assert read["Location"] == f"/stack/read/{first.pk}/"
    page = client.get("/stack/").content.decode()
    assert re.findall(r'value="(\d+)" id="party-\d+" checked', page) == [str(second.pk)]


def test_a_code_is_not_spent_while_something_is_missing(client: Client, cast: Cast) -> None:
    (party,) = _waiting(cast, "Lease")
    client.force_login(cast.erin)
    chosen = client.post("/stack/", {"party": [party.pk]}, follow=True)

    answer = client.post(chosen.redirect_chain[-1][0], {"digits": _digits(cast)})

    assert answer.status_code == 422
    assert "Tick this box to sign." in answer.content.decode()
    assert Stack.objects.get().codes.get().used_at is None


def test_what_waits_takes_as_many_queries_for_three_as_for_one(client: Client, cast: Cast) -> None:
    _waiting(cast, "Lease")
    client.force_login(cast.erin)
    client.get("/stack/")
    with CaptureQueriesContext(connection) as one:
        client.get("/stack/")
    _waiting(cast, "Order", "Offer")
    with CaptureQueriesContext(connection) as three:
        client.get("/stack/")

    assert len(three) == len(one)


def test_nobody_else_reads_or_signs_it(client: Client, cast: Cast) -> None:
    (party,) = _waiting(cast, "Lease")
    client.force_login(cast.erin)
    client.post("/stack/", {"party": [party.pk]})
    stack, document = Stack.objects.get(), party.envelope.documents.get()
    own = [f"/stack/read/{party.pk}/", f"/stack/read/{party.pk}/{document.pk}/1/"]
    further = [f"/stack/{stack.pk}/", f"/stack/{stack.pk}/progress/"]
    own_codes = [client.get(path).status_code for path in own]

    client.force_login(cast.bob)

    assert own_codes == [200, 200]
    assert {client.get(path).status_code for path in own + further} == {404}
    assert client.post(f"/stack/{stack.pk}/code/").status_code == 404
    assert client.get(f"/stack/read/{party.pk}/signature.png").status_code == 404
    assert "Lease" not in client.get("/stack/").content.decode()
