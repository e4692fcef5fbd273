"""Codes are guessed from several processes at once: ten tries a link, for its whole life."""

import multiprocessing
from datetime import timedelta

import pytest
from django.db import connections

from paraph.kit.errors import Refused
from paraph.signing.access import open_link
from paraph.signing.actions.proving import enter_code, request_code
from paraph.signing.models import Link
from paraph.signing.refusals import CodeWrong
from tests import make
from tests.cast import gather
from tests.make import HERE
from tests.moments import NOON
from tests.parallel import file_database as file_database
from tests.parallel import postgres_database as postgres_database

pytestmark = pytest.mark.slow
PROCESSES = 8
TRIES = 4


def _try_some(token: str, first: int) -> int:
    """Guess a few codes, as one process of many; return how many tries were counted."""
    counted = 0
    for number in range(first, first + TRIES):
        try:
            link = open_link(token, at=NOON)
            enter_code(link, digits=f"{number:06d}", origin=HERE, at=NOON)
        except CodeWrong:
            counted += 1
        except Refused:
            pass
    connections.close_all()
    return counted


def _guess(token: str) -> int:
    """Let eight processes guess at the same time; each has its own connection."""
    connections.close_all()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        tries = [(token, start) for start in range(0, PROCESSES * TRIES, TRIES)]
        return sum(pool.starmap(_try_some, tries, chunksize=1))


@pytest.mark.usefixtures("file_database")
def test_eight_processes_get_no_more_tries_than_one() -> None:
    _guess_until_it_is_locked()


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_database")
def test_on_postgresql_eight_processes_get_no_more_tries_either() -> None:
    _guess_until_it_is_locked()


def _guess_until_it_is_locked() -> None:
    erin = make.party(make.sent(gather()), name="Erin")
    token = make.token(erin)
    request_code(make.link(erin), origin=HERE, at=NOON)
    Link.objects.filter(party=erin, purpose="sign").update(wrong_tries=3)

    assert _guess(token) == 5

    link = Link.objects.get(party=erin, purpose="sign")
    assert (link.wrong_tries, link.codes.get().wrong_tries) == (8, 5)
    request_code(link, origin=HERE, at=NOON + timedelta(minutes=1))
    # The tenth wrong try is told as a locked link, so one of the two is a wrong code.
    assert _guess(token) == 1
    link.refresh_from_db()
    assert link.wrong_tries == 10
