"""The check of signatures stands behind the same walls as every other opener of files."""

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from paraph.kit import sandbox
from paraph.kit.sandbox import Confinement
from paraph.sealing.isolation import IsolationFailed, Limits, TookTooLong, isolated
from paraph.sealing.sandboxed import verify_isolated
from paraph.sealing.verify import verify
from tests.sealing import forge

pytestmark = pytest.mark.slow


@pytest.fixture
def walls(settings: Settings) -> Sequence[str]:
    if not sandbox.works(Confinement.BUBBLEWRAP):
        pytest.skip("bubblewrap does not work on this machine")
    settings.PARAPH_SANDBOX = "bubblewrap"
    return sandbox.walls()


def _ask(task: str, walls: Sequence[str], limits: Limits | None = None, **arguments: Any) -> Any:
    return isolated(task, blobs=[], arguments=arguments, limits=limits, walls=walls)


def test_a_child_behind_the_walls_sees_no_file_of_the_installation(
    walls: Sequence[str], installation: Path
) -> None:
    key = str(installation / "master.key")

    assert _ask("os.path:exists", (), path=key) is True
    assert _ask("os.path:exists", walls, path=key) is False
    assert _ask("os.path:exists", walls, path=str(installation)) is False


def test_a_child_behind_the_walls_reaches_no_loopback(walls: Sequence[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        with pytest.raises(IsolationFailed, match=r"refused|unreachable"):
            _ask("socket:create_connection", walls, address=server.getsockname())

        with pytest.raises(TimeoutError):
            server.accept()


def test_a_child_behind_the_walls_is_ended_when_its_time_is_up(walls: Sequence[str]) -> None:
    with pytest.raises(TookTooLong):
        _ask("signal:pause", walls, Limits(wall_seconds=1))
    with pytest.raises(TookTooLong):
        _ask("time:get_clock_info", [*walls, "sh", "-c", "kill -XCPU $$"], name="time")


def test_the_check_answers_the_same_behind_the_walls(walls: Sequence[str]) -> None:
    file = forge.completed()

    answer = verify_isolated(file, trust=[forge.ROOT], walls=walls)

    assert answer == verify(file, trust=[forge.ROOT])


def test_weaker_confinement_brings_no_walls(settings: Settings) -> None:
    settings.PARAPH_SANDBOX = "limits"

    assert sandbox.walls() == []
