"""A child process holds, whatever a file makes of it."""

import socket
from pathlib import Path
from typing import Any

import pytest

from paraph.sealing.isolation import (
    IsolationFailed,
    Limits,
    NeededTooMuchMemory,
    TookTooLong,
    isolated,
)
from paraph.sealing.sandboxed import verify_isolated
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify
from tests.sealing import forge

pytestmark = pytest.mark.slow


def _misbehave(what: str, limits: Limits | None = None, **arguments: Any) -> Any:  # JSON
    task = f"tests.sealing.misbehave:{what}"
    return isolated(task, blobs=[], arguments=arguments, limits=limits)


def test_bytes_and_values_go_in_and_json_comes_out() -> None:
    task, arguments = "tests.sealing.misbehave:add", {"note": "as is"}

    answer = isolated(task, blobs=[b"\n\0", b"x" * 100_000], arguments=arguments)

    assert answer == {"sizes": [2, 100_000], "note": "as is"}


def test_computing_for_ever_is_ended() -> None:
    with pytest.raises(TookTooLong):
        _misbehave("spin", Limits(cpu_seconds=1))


def test_waiting_for_ever_is_ended() -> None:
    with pytest.raises(TookTooLong):
        _misbehave("sleep", Limits(wall_seconds=1))


def test_taking_all_the_memory_is_ended() -> None:
    with pytest.raises(NeededTooMuchMemory):
        _misbehave("hoard", Limits(memory_mib=100))


def test_an_error_is_no_answer() -> None:
    with pytest.raises(IsolationFailed):
        _misbehave("nothing_of_that_name")


def test_nothing_is_written_to_disk(tmp_path: Path) -> None:
    assert _misbehave("write", folder=str(tmp_path)) != "written"


def test_secrets_of_the_environment_stay_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAPH_SECRET_KEY", "secret")

    assert _misbehave("secrets") == []


def test_no_network_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answer = _misbehave("call_home", port=server.getsockname()[1])

    assert answer == "not reached"


def test_the_child_answers_as_the_check_itself() -> None:
    file = forge.completed()

    assert verify_isolated(file, trust=[forge.ROOT]) == verify(file, trust=[forge.ROOT])


def test_a_check_that_takes_too_long_is_unreadable() -> None:
    report = verify_isolated(forge.completed(), trust=[], limits=Limits(wall_seconds=0))

    assert (report.verdict, report.codes) == (Verdict.UNREADABLE, ("too-slow",))


def test_a_check_without_memory_says_nothing_against_the_file() -> None:
    report = verify_isolated(forge.completed(), trust=[], limits=Limits(memory_mib=30))

    assert report.verdict == Verdict.UNREADABLE
    assert report.codes[0] in ("too-large", "check-failed")
