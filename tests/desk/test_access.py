"""Every address says who may open it; what a person may not see is not there."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from paraph.people.access import declared_access
from tests import make
from tests.cast import Cast

# The sign-in library guards its own pages.
FOREIGN = ("allauth.",)


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _is_ours(pattern: URLPattern) -> bool:
    return not pattern.callback.__module__.startswith(FOREIGN)


def test_every_address_declares_who_may_open_it() -> None:
    patterns = [pattern for pattern in _patterns(get_resolver()) if _is_ours(pattern)]

    undeclared = [
        f"{pattern.callback.__module__}.{pattern.callback.__name__}"
        for pattern in patterns
        if declared_access(pattern.callback) is None
    ]

    assert len(patterns) > 40
    assert undeclared == []


def test_the_pages_of_the_sign_in_library_are_under_accounts() -> None:
    foreign = [p for p in _patterns(get_resolver()) if not _is_ours(p) and p.name]

    names = {pattern.name for pattern in foreign if not pattern.pattern.converters}

    assert "account_login" in names
    assert all(reverse(name).startswith("/accounts/") for name in names if name)


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
