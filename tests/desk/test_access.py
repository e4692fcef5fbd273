"""Every address says who may open it; what a person may not see is not there."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from paraph.people.access import declared_access
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

# The sign-in library guards its own pages, and leads from old addresses of them to new ones.
FOREIGN = ("allauth.", "django.views.generic.base")


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry)
        else:
            yield entry


def _ours() -> list[URLPattern]:
    found = patterns(get_resolver())
    return [each for each in found if not each.callback.__module__.startswith(FOREIGN)]


def test_every_address_declares_who_may_open_it() -> None:
    patterns = _ours()

    undeclared = [
        f"{pattern.callback.__module__}.{pattern.callback.__name__}"
        for pattern in patterns
        if declared_access(pattern.callback) is None
    ]

    assert len(patterns) > 40
    assert undeclared == []


def test_only_the_sign_in_library_is_left_out() -> None:
    ours = {pattern.callback.__module__.partition(".")[0] for pattern in _ours()}

    assert ours == {"paraph"}


PAGES = [
    "/contacts/",
    "/contacts/new/",
    "/companies/",
    "/envelopes/",
    "/envelopes/new/",
    "/board/",
]


@pytest.mark.parametrize("address", [*PAGES, "/documents/", "/mailbox/"])
def test_a_colleague_without_rights_finds_nothing(
    client: Client, cast: Cast, address: str
) -> None:
    client.force_login(cast.mallory)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, "/"])
def test_a_stranger_is_sent_to_the_sign_in(client: Client, cast: Cast, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_rows_of_others_are_not_found(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.mallory)

    for address in (
        f"/envelopes/{envelope.pk}/",
        f"/envelopes/{envelope.pk}/file/",
        f"/contacts/{cast.frank.pk}/",
        f"/companies/{cast.client.pk}/",
    ):
        assert client.get(address).status_code == 404, address


def test_who_may_only_look_sees_no_way_to_act(client: Client, cast: Cast) -> None:
    envelope = make.sent(cast)
    client.force_login(cast.bob)

    page = client.get(f"/envelopes/{envelope.pk}/").content.decode()

    assert "Cancel document" not in page
    assert client.post(f"/envelopes/{envelope.pk}/cancel/").status_code == 404
