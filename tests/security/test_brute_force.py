"""Codes are guessed from several processes at once: ten tries a link, for its whole life."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection

from paraph.signing.actions.proving import request_code
from paraph.signing.models import Link, Party
from tests import make
from tests.cast import gather
from tests.make import HERE
from tests.moments import NOON
from tests.parallel import file_database as file_database

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("file_database")]
PROCESSES = 8
TRIES = 4


def _party() -> tuple[Party, str]:
    erin = make.party(make.sent(gather()), name="Erin")
    token = make.token(erin)
    request_code(make.link(erin), origin=HERE, at=NOON)
    return erin, token


def _guess(token: str) -> int:
    """Let eight processes guess at the same time; return how many tries were counted."""
    environment = {**os.environ, "DATABASE_URL": _address()}
    environment["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.security.guesser", token, str(start), str(TRIES)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for start in range(0, PROCESSES * TRIES, TRIES)
    ]
    return sum(int(process.communicate(timeout=120)[0]) for process in started)


def _address() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return (
        f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}"
        f"/{known['NAME']}"
    )


def test_eight_processes_get_no_more_tries_than_one() -> None:
    erin, token = _party()
    Link.objects.filter(party=erin, purpose="sign").update(wrong_tries=3)

    counted = _guess(token)

    link = Link.objects.get(party=erin, purpose="sign")
    code = link.codes.get()
    assert counted == code.wrong_tries == 5
    assert link.wrong_tries == 8

    request_code(link, origin=HERE, at=NOON + timedelta(minutes=1))
    assert _guess(token) == 2
    link.refresh_from_db()
    assert link.wrong_tries == 10
