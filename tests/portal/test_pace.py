"""Checks without an account are paced, for each network and for the installation."""

from contextlib import ExitStack
from datetime import datetime
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory
from pytest_django import Settings

from paraph.people.http import address_of
from paraph.signing.integrity import pace
from paraph.signing.queries import documents_of, newest_revision
from tests import make
from tests.cast import Cast
from tests.moments import YESTERDAY
from tests.parallel import at_once
from tests.parallel import file_database as file_database

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HERE = "203.0.113.7"


def _pass(times: int, *, ip: str = HERE, forwarded: str = "") -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else None
    request = RequestFactory().post("/verify/", REMOTE_ADDR=ip, headers=headers)
    for _time in range(times):
        with pace.one_check(address_of(request)):
            pass


def _let_places_end(at: datetime = YESTERDAY) -> None:
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kit_cache SET expires = %s", [moment])


def test_who_checks_too_often_is_asked_to_wait_on_a_page_that_still_works(
    cast: Cast, client: Client
) -> None:
    _pass(20)

    upload = SimpleUploadedFile("contract.pdf", make.pdf())
    answer = client.post("/verify/", {"file": upload}, REMOTE_ADDR=HERE)

    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    assert 'type="file"' in answer.content.decode()


def test_a_known_file_is_paced_but_asking_for_its_hash_is_not(cast: Cast, client: Client) -> None:
    sha256 = newest_revision(documents_of(make.sent(cast))[0]).sha256
    _pass(20)

    checked = client.get(f"/verify/known/{sha256}/", REMOTE_ADDR=HERE)
    asked = client.get(f"/verify/known/{sha256}/?ask=1", REMOTE_ADDR=HERE)

    assert (checked.status_code, asked.json()) == (429, {"known": True})


def test_others_may_go_on_until_the_installation_has_enough() -> None:
    for ip in ("203.0.113.1", "203.0.113.2", "203.0.113.3"):
        _pass(20, ip=ip)

    with pytest.raises(pace.TooManyChecks):
        _pass(1, ip="203.0.113.4")


def test_refused_checks_of_one_take_no_place_from_others() -> None:
    _pass(20)
    for _time in range(60):
        with pytest.raises(pace.TooManyChecks):
            _pass(1)

    _pass(20, ip="203.0.113.8")


def test_a_minute_later_there_is_room_again() -> None:
    _pass(20)

    _let_places_end()

    _pass(20)


def test_two_checks_at_the_same_time_are_enough() -> None:
    with (
        pace.one_check(HERE),
        pace.one_check(HERE),
        pytest.raises(pace.TooManyChecks, match="at this moment"),
    ):
        _pass(1, ip="203.0.113.8")
    _pass(1)


def test_of_eight_that_come_at_the_same_moment_two_are_let_in(file_database: None) -> None:
    everybody_knows = Barrier(8)

    def come(number: int) -> bool:
        with ExitStack() as held:
            try:
                held.enter_context(pace.one_check(f"203.0.113.{number}"))
            except pace.TooManyChecks:
                everybody_knows.wait(20)
                return False
            everybody_knows.wait(20)
            return True

    assert sorted(at_once(come, times=8), key=str) == [False] * 6 + [True] * 2


def test_a_failed_check_gives_its_place_back() -> None:
    for _time in range(3):
        with pytest.raises(ZeroDivisionError), pace.one_check(HERE):
            raise ZeroDivisionError

    _pass(1)


def test_one_household_in_ipv6_is_one_network() -> None:
    _pass(20, ip="2001:db8:1:2::1")

    with pytest.raises(pace.TooManyChecks):
        _pass(1, ip="2001:db8:1:2:ffff::2")
    _pass(1, ip="2001:db8:1:3::1")


@pytest.mark.parametrize(("proxies", "is_believed"), [(0, False), (1, True)])
def test_a_forwarded_address_counts_only_behind_our_proxy(
    settings: Settings, proxies: int, is_believed: bool
) -> None:
    settings.PARAPH_PROXIES = proxies
    _pass(20, forwarded="198.51.100.1")

    if is_believed:
        _pass(1, forwarded="198.51.100.2")
    else:
        with pytest.raises(pace.TooManyChecks):
            _pass(1, forwarded="198.51.100.2")


def test_without_the_cache_nobody_is_let_in() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE kit_cache RENAME TO kit_cache_gone")

    with pytest.raises(DatabaseError, match="kit_cache"):
        _pass(1)
