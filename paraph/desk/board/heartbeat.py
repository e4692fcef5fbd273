"""Answers the one question that every open board asks all day, before Django is troubled with it.

The address carries a signed ticket instead of a session, so that nothing is read but the pulse;
each process reads that a few times a second at most.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from django.core.signing import BadSignature, TimestampSigner
from django.db import close_old_connections

from paraph.board.pulse import pulse
from paraph.people.models import Employee

PATH = "/board/pulse/"
FRESH_SECONDS = 0.25
VALID = timedelta(days=1)
NOTHING = "204 No Content"
Environ = dict[str, Any]  # Any: whatever a WSGI server puts there
Application = Callable[[Environ, Any], Iterable[bytes]]
HEADERS = [("Cache-Control", "no-store")]
EMPTY = ("Content-Length", "0")  # a 204 has no body, and so may not tell its length


def ticket(person: Employee) -> str:
    """Return the address at which this person's board asks."""
    return PATH + _signer().sign(str(person.pk))


class Heartbeat:
    """A WSGI application before another: 204 while nothing has happened, else 200."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.read_at, self.version = float("-inf"), ""

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PATH):
            return self.application(environ, start_response)
        status = self._status(path.removeprefix(PATH), environ)
        start_response(status, HEADERS if status == NOTHING else [*HEADERS, EMPTY])
        return [b""]

    def _status(self, signed: str, environ: Environ) -> str:
        try:
            _signer().unsign(signed, max_age=VALID)
        except BadSignature:
            return "410 Gone"
        seen = parse_qs(environ.get("QUERY_STRING", "")).get("seen", [""])[0]
        return NOTHING if seen == self._now() else "200 OK"

    def _now(self) -> str:
        """Return the pulse, read no more than a moment ago."""
        if time.monotonic() - self.read_at > FRESH_SECONDS:
            close_old_connections()
            self.version = str(pulse())
            self.read_at = time.monotonic()
        return self.version


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="board-pulse")
