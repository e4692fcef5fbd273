"""Evidence archives: checked without the installation, and never better than what is in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from paraph.sealing.archive import verify_archive
from paraph.sealing.report import Report
from paraph.sealing.sandboxed import verify_isolated
from paraph.signing import authority, queries
from paraph.signing.assembly.evidence import archive
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow

Files = dict[str, bytes]


@pytest.fixture
def evidence(cast: Cast) -> bytes:
    envelope = make.completed(cast)
    document = queries.documents_of(envelope)[0]
    return archive(document, envelope, authority=b"".join(authority.certificates()))


def _unpacked(evidence: bytes) -> Files:
    with ZipFile(BytesIO(evidence)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def _packed(files: Files) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return written.getvalue()


def _edited(files: Files, change: Callable[[Any], object]) -> Files:
    account = json.loads(files["evidence.json"])
    change(account)
    return files | {"evidence.json": json.dumps(account).encode()}


def _verdict(report: Report) -> tuple[str, str]:
    return report.verdict.value, report.trust.value


def test_evidence_is_whole_and_trusted_only_by_a_root_from_elsewhere(evidence: bytes) -> None:
    stranger = verify_isolated(evidence, trust=[])
    informed = verify_isolated(evidence, trust=authority.roots())

    assert _verdict(stranger) == ("intact", "unknown")
    assert _verdict(informed) == ("intact", "trusted")
    assert (
        stranger.archive
        and stranger.archive.root in _unpacked(evidence)["how-to-check.en.txt"].decode()
    )


def test_a_changed_part_of_the_evidence_is_found(evidence: bytes) -> None:
    files = _unpacked(evidence)
    changes: dict[str, Files] = {
        "a fact says something else": _edited(
            files, lambda it: it["facts"][3].update(text=it["facts"][3]["text"] + " ")
        ),
        "a fact is missing": _edited(files, lambda it: it["facts"].pop(3)),
        "a fact lost its place": _edited(files, lambda it: it["facts"][3].update(index=None)),
        "a revision is another": _edited(
            files, lambda it: it["revisions"][-1].update(sha256="0" * 64)
        ),
        "the original is another": files | {"original.pdf": files["original.pdf"] + b" "},
        "the checkpoint is another": files
        | {"log/checkpoint": files["log/checkpoint"].replace(b"\n1", b"\n2", 1)},
        "a proof is missing": {
            name: it for name, it in files.items() if not name.endswith("3.tlog-proof")
        },
        "the file was cut": files | {"signed.pdf": files["signed.pdf"][:-9]},
    }

    for what, changed in changes.items():
        report = verify_archive(_packed(changed), trust=authority.roots())
        assert report.verdict in ("broken", "altered", "unreadable"), what


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 99, _packed({"a": b""})]
)
def test_an_archive_that_is_no_evidence_cannot_be_read(content: bytes) -> None:
    assert verify_archive(content, trust=[]).verdict == "unreadable"
