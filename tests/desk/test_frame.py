"""The frame: theme, and the small answers its templates ask of Python."""

import re

import pytest
from django import forms
from django.test import Client

from paraph.batches.models import Batch
from paraph.desk.frame.pieces import _mould
from paraph.desk.templatetags import frame
from paraph.people.models import Employee
from tests.cast import Cast
from tests.moments import NOON


def test_a_chosen_theme_is_rendered_by_the_server(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    client.post("/theme/", {"theme": "dark", "next": "/styleguide/"})

    page = client.get("/styleguide/").content.decode()
    assert 'data-bs-theme="dark"' in page
    assert page.count('value="dark" aria-pressed="true"') == 2


def test_an_unknown_theme_is_not_kept(client: Client, cast: Cast) -> None:
    response = client.post("/theme/", {"theme": "pink"})

    assert "theme" not in response.cookies


def test_choosing_a_theme_leads_only_to_our_own_pages(client: Client, cast: Cast) -> None:
    response = client.post("/theme/", {"theme": "dark", "next": "https://elsewhere.example/"})

    assert response["Location"] == "/"


def _lit(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'rail__link" href="([^"]+)" aria-current', page)


def test_the_navigation_lights_the_one_place_where_one_is(client: Client, cast: Cast) -> None:
    client.force_login(cast.olga)
    ours, theirs = f"/companies/{cast.company.pk}/", f"/companies/{cast.client.pk}/"

    lit = {address: _lit(client, address) for address in ("/", "/search/", ours, theirs)}

    assert lit == {
        "/": ["/"],
        "/search/": [],
        ours: ["/companies/ours/"],
        theirs: ["/companies/"],
    }


def _frame_of(client: Client, person: Employee, *, language: str) -> str:
    Employee.objects.filter(pk=person.pk).update(language=language)
    client.force_login(person)
    return client.get("/search/?q=a%22b").content.decode()


def test_each_sees_their_own_frame_whoever_was_here_before(client: Client, cast: Cast) -> None:
    hers = _frame_of(client, cast.olga, language="en")
    theirs = _frame_of(client, cast.mallory, language="pl")
    again = _frame_of(client, cast.olga, language="fr")

    assert "Access permissions" in hers
    assert cast.olga.email in hers
    assert 'href="/access/"' not in theirs
    assert cast.olga.email not in theirs
    assert cast.mallory.email in theirs
    assert 'lang="pl" aria-current="true"' in theirs
    assert 'href="/access/"' in again
    assert 'lang="fr" aria-current="true"' in again


def test_who_shares_a_piece_has_their_own_words_and_numbers_in_it(
    client: Client, cast: Cast
) -> None:
    alike = []
    for number, first_name in enumerate(("Ines", "Yann"), start=1):
        person = Employee.objects.create(first_name=first_name, email=f"{first_name}@example.org")
        for _running in range(number):
            Batch.objects.create(
                kind="contacts.export", owner=person, started_at=NOON, moved_at=NOON
            )
        client.force_login(person)
        shared = _mould.cache_info().hits
        alike.append(client.get(f"/batches/?for={first_name}").content.decode())

    assert _mould.cache_info().hits - shared >= 4  # nothing is drawn anew for the second
    for page, own, others in zip(alike, ("Ines", "Yann"), ("Yann", "Ines"), strict=True):
        assert others not in page
        assert f"{own}@example.org" in page
        assert f'value="/batches/?for={own}"' in page
    counts = [re.findall(r'rail__count">.*?</span> (\d+)', page) for page in alike]
    assert [set(each) for each in counts] == [{"1"}, {"2"}]


def test_every_form_of_the_frame_has_the_token_of_its_own_request(
    client: Client, cast: Cast
) -> None:
    pages = [_frame_of(client, cast.olga, language="en") for _request in range(2)]

    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)) for page in pages]
    assert [len(each) for each in tokens] == [1, 1]
    assert tokens[0] != tokens[1]
    assert all('name="q" type="search"' in page and 'value="a&quot;b"' in page for page in pages)


def test_a_forged_cookie_means_no_choice(client: Client, cast: Cast) -> None:
    client.cookies["theme"] = '"><script>'

    page = client.get("/accounts/login/").content.decode()

    assert 'data-theme="auto"' in page


def test_errors_of_a_field_are_tied_to_it(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    page = client.get("/styleguide/").content.decode()

    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert 'id="id_email_error"' in page


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Zoë Lefèvre", "ZL"), ("Jean-Luc de la Tour", "JT"), ("Cher", "C"), ("", "?"), ("– ", "?")],
)
def test_initials_stand_for_first_and_last_name(name: str, letters: str) -> None:
    assert frame.initials(name) == letters


def test_a_name_always_has_the_same_tint() -> None:
    assert frame.tint("Zoë Lefèvre") == frame.tint("Zoë Lefèvre")
    assert 0 <= frame.tint("Zoë Lefèvre") < 5


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox · Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("curl/8.5.0", "curl/8.5.0"),
    ],
)
def test_browsers_are_named_as_people_call_them(user_agent: str, words: str) -> None:
    assert frame.browser(user_agent) == words


def test_a_control_keeps_its_own_class() -> None:
    class Code(forms.Form):
        code = forms.CharField(widget=forms.TextInput(attrs={"class": "code-input"}))

    assert 'class="form-control code-input"' in frame.control(Code()["code"])
