"""What ``paraph verify`` prints, and how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from paraph.sealing.command import WRONGLY_CALLED, main
from tests.sealing import forge

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of each verdict, and the root to trust."""
    folder = tmp_path_factory.mktemp("files")
    signed = forge.signed(forge.paper())
    contents = {
        "intact.pdf": forge.completed(),
        "signed.pdf": signed,
        "altered.pdf": forge.repriced(signed),
        "broken.pdf": signed[:900] + b"X" + signed[901:],
        "unsigned.pdf": forge.paper(),
        "unreadable.pdf": b"MZ",
        "evidence.zip": b"PK\3\4",
        "root.pem": forge.ROOT,
        "other.pdf": forge.completed(forge.paper("Other words.")),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return folder


def _run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    status = main([str(word) for word in words])
    return status, capsys.readouterr().out


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["broken"], 1),
        (["unsigned"], 2),
        (["unreadable"], 3),
        (["missing"], 3),
        (["signed", "unsigned"], 2),
        (["unsigned", "missing", "signed"], 3),
        (["unreadable", "altered", "unsigned"], 1),
    ],
)
def test_the_worst_file_decides_the_status(
    files: Path, capsys: pytest.CaptureFixture[str], names: list[str], status: int
) -> None:
    assert _run(capsys, *(files / f"{name}.pdf" for name in names))[0] == status


def test_each_file_is_one_line_of_json(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trust: list[str | Path] = ["--trust", files / "root.pem"]
    _, out = _run(capsys, "--json", files / "intact.pdf", files / "altered.pdf", *trust)

    intact, altered = (json.loads(line) for line in out.splitlines())
    assert _outcome(intact) == ("intact", "trusted")
    assert _outcome(altered) == ("altered", "unknown")
    assert intact["file"] == str(files / "intact.pdf")
    assert altered["changes"][0]["after"] == "99 450 euros"
    assert list(intact) == [
        *("file", "sha256", "verdict", "trust", "reasons", "signatures", "changes")
    ]


def _outcome(answer: dict[str, Any]) -> tuple[str, str]:  # JSON
    return answer["verdict"], answer["trust"]


def test_a_signature_is_told_in_full(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = _run(capsys, "--json", files / "intact.pdf")

    act = json.loads(out)["signatures"][2]
    assert act.pop("time").endswith("Z")
    assert len(bytes.fromhex(act.pop("certificate"))) == 32
    assert act == {
        "field": "director_sign",
        "kind": "signature",
        "signer": "Dora Director",
        "level": "B-LTA",
        "intact": True,
        "covers_whole_file": False,
        "trusted": False,
        "changes_after": "permitted",
    }


def test_trust_can_be_required(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    intact = files / "intact.pdf"

    assert _run(capsys, intact, "--require-trust")[0] == 1
    assert _run(capsys, "--require-trust", "--trust", files / "root.pem", intact)[0] == 0


def test_an_original_tells_what_differs(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original: list[str | Path] = ["--original", files / "intact.pdf"]

    assert _run(capsys, files / "intact.pdf", *original)[0] == 0
    status, out = _run(capsys, files / "other.pdf", *original)

    assert status == 1
    assert "became “Other words.”" in out


def test_people_read_the_answer_first(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = _run(capsys, files / "intact.pdf")

    assert out.splitlines()[0] == f"{files / 'intact.pdf'}: unchanged since it was signed"
    assert "Carl Client · signature" in out


def test_an_archive_is_answered_with_a_sentence(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out = _run(capsys, files / "evidence.zip")

    assert status == 3
    assert "This archive is not evidence" in out


@pytest.mark.parametrize(
    "words", [[], ["--nonsense"], ["x.pdf", "--trust", "missing.pem"], ["x.pdf", "--original"]]
)
def test_a_wrong_call_is_no_verdict(words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == WRONGLY_CALLED
