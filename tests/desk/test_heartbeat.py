"""The pulse of a board: answered without a session, and only to those who were given a ticket."""

from collections.abc import Callable

from paraph.board.pulse import pulse
from paraph.desk.board.heartbeat import FRESH_SECONDS, PATH, Environ, Heartbeat, ticket
from tests import make
from tests.cast import Cast


def _asked(beat: Heartbeat, address: str, seen: str) -> str:
    told: list[str] = []
    environ: Environ = {"PATH_INFO": address, "QUERY_STRING": f"seen={seen}"}
    list(beat(environ, lambda status, _headers: told.append(status)))
    return told[0]


def _behind(_environ: Environ, start_response: Callable[..., object]) -> list[bytes]:
    start_response("200 OK", [])
    return [b""]


def test_the_pulse_is_still_until_something_happens(cast: Cast) -> None:
    beat, address, seen = Heartbeat(_behind), ticket(cast.alice), str(pulse())
    assert _asked(beat, address, seen).startswith("204")

    make.draft(cast)

    beat.read_at -= 2 * FRESH_SECONDS
    assert _asked(beat, address, seen).startswith("200")


def test_nothing_is_told_without_a_ticket(cast: Cast) -> None:
    assert _asked(Heartbeat(_behind), f"{PATH}1:made:up", "").startswith("410")
    assert _asked(Heartbeat(_behind), "/board/", "") == "200 OK"
