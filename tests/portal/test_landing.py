"""The way in behind a link: what is shown, the code, and that looking changes nothing."""

import pytest
from django.test import Client

from paraph.kit import db
from paraph.messaging.models import Message
from paraph.signing.lifecycle import PartyStatus
from paraph.signing.models import Code, Link, Party, SigningSession
from paraph.signing.steps import revoke_links
from tests import make
from tests.cast import Cast
from tests.moments import NOON
from tests.portal.visiting import come_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def erin(cast: Cast) -> Party:
    return make.party(make.sent(cast), name="Erin")


def test_the_landing_page_says_who_asks_and_offers_the_code(erin: Party, client: Client) -> None:
    page = client.get(f"/s/{make.token(erin)}/").content.decode()

    assert "Alice Martin" in page
    assert "Contract" in page
    assert "Send me the code" in page
    assert "e***@example.org" in page
    assert "erin@example.org" not in page


def test_opening_the_link_twenty_times_neither_views_nor_uses_it(
    erin: Party, client: Client
) -> None:
    home = f"/s/{make.token(erin)}/"
    letters = Message.objects.count()

    for path in ("", "code/", "enter/", "decline/", "done/", "desk/", "finish/"):
        client.get(home + path)
        client.head(home + path)

    erin.refresh_from_db()
    assert erin.status == PartyStatus.ASKED
    assert not Code.objects.exists()
    assert Message.objects.count() == letters


def test_the_right_code_opens_the_desk_for_this_link_alone(erin: Party, client: Client) -> None:
    home = come_in(client, erin)

    cookie = client.cookies["signing"]
    assert cookie["path"] == home
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get(f"{home}desk/").status_code == 200


def test_a_wrong_code_says_how_many_tries_are_left(erin: Party, client: Client) -> None:
    home = f"/s/{make.token(erin)}/"
    client.post(f"{home}code/")

    wrong = "000000" if make.digits(erin) != "000000" else "111111"
    page = client.post(f"{home}enter/", {"digits": wrong}, follow=True)

    assert "You can try 4 more times." in page.content.decode()
    assert client.get(f"{home}desk/").status_code == 302


def test_a_code_opens_nothing_twice(erin: Party, client: Client) -> None:
    home = come_in(client, erin)

    page = Client().post(f"{home}enter/", {"digits": make.digits(erin)}, follow=True)

    assert "not valid any more" in page.content.decode()
    assert SigningSession.objects.count() == 1


def test_another_code_too_soon_is_told_with_the_seconds(erin: Party, client: Client) -> None:
    home = f"/s/{make.token(erin)}/"
    client.post(f"{home}code/")

    page = client.post(f"{home}code/", follow=True)

    assert "You can ask for another in" in page.content.decode()
    assert Code.objects.count() == 1


def test_a_link_with_too_many_wrong_codes_asks_for_a_new_one(erin: Party, client: Client) -> None:
    home = f"/s/{make.token(erin)}/"
    client.post(f"{home}code/")
    Link.objects.filter(party=erin).update(wrong_tries=10)

    page = client.get(home).content.decode()

    assert "Ask Alice Martin for a new link." in page
    assert 'name="digits"' not in page


def test_a_link_that_is_over_says_so_and_an_unknown_one_says_the_same(
    cast: Cast, erin: Party, client: Client
) -> None:
    token = make.token(erin)
    with db.unit_of_work():
        revoke_links(erin, at=NOON)

    over, unknown = client.get(f"/s/{token}/"), client.get("/s/never-was/")

    assert over.status_code == unknown.status_code == 410
    assert "This link is no longer valid" in over.content.decode()
    assert "Ask the person who sent it for a new one." in over.content.decode()
    assert over.content[:200] == unknown.content[:200]


def test_who_is_not_asked_yet_learns_it(cast: Cast, erin: Party, client: Client) -> None:
    home = come_in(client, erin)
    client.cookies.clear()

    page = client.get(f"{home}desk/", follow=True)

    assert "please enter a new code" in page.content.decode()


def test_the_fifth_wrong_code_locks_it_and_says_what_helps(erin: Party, client: Client) -> None:
    home = f"/s/{make.token(erin)}/"
    client.post(f"{home}code/")
    wrong = "000000" if make.digits(erin) != "000000" else "111111"

    tries = [client.post(f"{home}enter/", {"digits": wrong}, follow=True) for _try in range(5)]

    page = tries[-1].content.decode()
    assert "This code is locked after five wrong tries. Ask for a new one." in page
    assert "A minute has to pass between two codes" in page
    assert "Send me another code" in page
    assert 'name="digits"' not in page


def test_nobody_declines_without_the_code(erin: Party, client: Client) -> None:
    home = f"/s/{make.token(erin)}/"

    asked = client.get(f"{home}decline/", follow=True)
    pressed = client.post(f"{home}decline/", {"reason": "It was not me"}, follow=True)

    erin.refresh_from_db()
    assert erin.status == PartyStatus.ASKED
    for page in (asked, pressed):
        assert page.redirect_chain == [(f"{home}?next=decline", 302)]
        assert "To decline, please enter the code first." in page.content.decode()


def test_who_wants_to_decline_comes_there_after_the_code(erin: Party, client: Client) -> None:
    home = f"/s/{make.token(erin)}/"

    sent = client.post(f"{home}code/", {"next": "decline"})
    wrong = client.post(f"{home}enter/", {"digits": "1", "next": "decline"})
    form = {"digits": make.digits(erin), "next": "decline"}
    page = client.post(f"{home}enter/", form, follow=True)

    assert sent["Location"] == wrong["Location"] == f"{home}?next=decline"
    assert page.redirect_chain == [(f"{home}decline/", 302)]
    assert "Decline for good" in page.content.decode()


def test_declining_without_a_reason_keeps_the_page(erin: Party, client: Client) -> None:
    home = come_in(client, erin)

    empty = client.post(f"{home}decline/", {"reason": " "})
    client.post(f"{home}decline/", {"reason": "Wrong amount"})

    erin.refresh_from_db()
    assert empty.status_code == 422
    assert erin.status == PartyStatus.DECLINED
    assert erin.decline_reason == "Wrong amount"


def test_a_closed_link_speaks_its_partys_language(erin: Party, client: Client) -> None:
    Party.objects.filter(pk=erin.pk).update(language="fr")
    home = f"/s/{make.token(erin)}/"
    Link.objects.filter(party=erin).update(revoked_at=NOON)

    page = client.get(home, headers={"Accept-Language": "en"})

    assert '<html lang="fr"' in page.content.decode()
