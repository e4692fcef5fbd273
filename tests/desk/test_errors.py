"""The pages for what went wrong: they need no database, and say what to do next."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests.cast import Cast


@pytest.mark.parametrize("name", ["403", "403_csrf", "404", "500"])
def test_an_error_page_needs_nothing_and_leads_to_the_start(name: str) -> None:
    page = render_to_string(f"{name}.html")

    assert page.count("<h1>") == 1
    assert 'href="/"' in page


def test_a_refusal_tells_each_reason_as_a_page_and_as_a_fragment() -> None:
    refused = SimpleNamespace(reasons=["Add an e-mail address for Erin.", "Choose a client."])

    page = render_to_string("409.html", {"refused": refused})
    fragment = render_to_string("refusal.html", {"refused": refused})

    for reason in refused.reasons:
        assert reason in page
        assert reason in fragment
    assert fragment.count('role="alert"') == 2


def test_an_address_that_leads_nowhere_answers_in_our_frame(client: Client, cast: Cast) -> None:
    page = client.get("/there-is-nothing-here/")

    assert page.status_code == 404
    assert "There is nothing at this address" in page.content.decode()


def test_who_works_here_keeps_the_menu_where_nothing_is(client: Client, cast: Cast) -> None:
    client.force_login(cast.alice)

    page = client.get("/there-is-nothing-here/")

    assert page.status_code == 404
    assert "There is nothing at this address" in page.content.decode()
    assert 'aria-label="Main navigation"' in page.content.decode()
