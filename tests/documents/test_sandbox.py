"""The walls around foreign files hold, in each way that this machine knows."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pytest_django import Settings

from paraph.kit import processes, sandbox
from paraph.kit.sandbox import Confinement, Limits, Rejected, SandboxUnusable

from . import paper

pytestmark = pytest.mark.slow


@pytest.fixture(params=list(Confinement))
def walls(request: pytest.FixtureRequest, settings: Settings) -> Confinement:
    walls = Confinement(request.param)
    if not sandbox.works(walls):
        pytest.skip(f"{walls} does not work on this machine")
    settings.PARAPH_SANDBOX = walls.value
    return walls


@pytest.fixture
def temporary(tmp_path: Path) -> Iterator[Path]:
    """Let temporary files of this process be made in a folder of the test."""
    usual, tempfile.tempdir = tempfile.tempdir, str(tmp_path / "temporary")
    Path(tempfile.tempdir).mkdir()
    yield Path(tempfile.tempdir)
    tempfile.tempdir = usual


def test_each_kind_of_walls_lets_honest_work_through(walls: Confinement) -> None:
    outcome = sandbox.run("paraph.documents.child.pdf:take", [paper.contract()], most_pages=10)

    assert outcome.files["original.pdf"].startswith(b"%PDF-")
    assert sandbox.confinement() is walls


@pytest.mark.parametrize("walls", [Confinement.BUBBLEWRAP, Confinement.NAMESPACE], indirect=True)
def test_a_child_has_no_network(walls: Confinement) -> None:
    assert sandbox.run("look-around", secret="").answer["networks"] == []


def test_in_bubblewrap_a_child_sees_no_file_of_ours(tmp_path: Path) -> None:
    if not sandbox.works(Confinement.BUBBLEWRAP):
        pytest.skip("bubblewrap does not work on this machine")
    (tmp_path / "master.key").write_text("secret")

    seen = sandbox.run("look-around", secret=str(tmp_path / "master.key")).answer

    assert seen["sees_secret"] is False


def test_what_insists_on_missing_walls_is_told(settings: Settings) -> None:
    settings.PARAPH_SANDBOX = "moat"

    with pytest.raises(SandboxUnusable, match="moat"):
        sandbox.run("look-around", secret="")


def living(word: str) -> list[int]:
    """Return the processes that have the word in their command; those that ended have none."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if word.encode() in (process / "cmdline").read_bytes():
                found.append(int(process.name))
    return found


def test_a_child_that_takes_too_long_is_ended(walls: Confinement, temporary: Path) -> None:
    with pytest.raises(Rejected, match="too-slow"):
        sandbox.run(
            "paraph.documents.child.pdf:take",
            [paper.contract()],
            limits=Limits(wall_seconds=0.01),
            most_pages=10,
        )

    assert living(str(temporary)) == []


def test_a_child_that_computes_too_long_is_ended(walls: Confinement) -> None:
    with pytest.raises(Rejected, match="too-slow"):
        sandbox.run(
            "paraph.documents.child.words:extract",
            [paper.repeated(1_500)],
            limits=Limits(cpu_seconds=1),
            first=1,
            last=1_500,
        )


def test_a_child_gets_no_more_memory_than_allowed(walls: Confinement) -> None:
    with pytest.raises(Rejected):
        sandbox.run(
            "paraph.documents.child.pdf:take",
            [paper.contract()],
            limits=Limits(memory_mib=40),
            most_pages=10,
        )


def test_nothing_is_left_behind(walls: Confinement, temporary: Path) -> None:
    sandbox.run("paraph.documents.child.words:extract", [paper.contract()], first=1, last=2)

    assert list(temporary.iterdir()) == []


def test_secrets_of_the_environment_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAPH_SECRET_KEY", "very secret")

    assert "PARAPH_SECRET_KEY" not in processes.environment()


def test_what_a_captured_child_leaves_cannot_trap_us(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("key")
    os.mkfifo(tmp_path / "pipe")
    os.symlink(tmp_path / "secret", tmp_path / "link")
    (tmp_path / "flood").write_bytes(bytes(2_000))

    for name in ("pipe", "link", "flood"):
        with pytest.raises(OSError):
            sandbox._plain(tmp_path / name, most_bytes=1_000)
