"""Taking signed documents out: the files as everybody has them, and the owner's evidence."""

import hashlib
import json
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from paraph.signing import queries, revisions
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


def export(folder: Path) -> str:
    said = StringIO()
    call_command("vault", "export", "--to", str(folder), stdout=said)
    return said.getvalue()


def test_every_completed_document_is_written_with_its_evidence(cast: Cast, tmp_path: Path) -> None:
    envelope = make.completed(cast)
    make.sent(cast)

    said = export(tmp_path / "out")

    code = queries.documents_of(envelope)[0].code
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == [f"{code}.evidence.zip", f"{code}.pdf"]
    assert (tmp_path / "out" / f"{code}.pdf").read_bytes() == revisions.heads(envelope)[0].content
    assert said.startswith("1 documents")


def test_the_evidence_proves_each_fact_by_its_commitment(cast: Cast, tmp_path: Path) -> None:
    envelope = make.completed(cast)
    code = queries.documents_of(envelope)[0].code

    export(tmp_path)

    with ZipFile(tmp_path / f"{code}.evidence.zip") as archived:
        account = json.loads(archived.read("evidence.json"))
        signed = archived.read("signed.pdf")
        signers = archived.read("signers.pem").count(b"BEGIN CERTIFICATE")
    assert hashlib.sha256(signed).hexdigest() == account["revisions"][-1]["sha256"]
    assert signers == 2
    for fact in account["facts"]:
        proof = bytes.fromhex(fact["salt"]) + fact["text"].encode()
        assert hashlib.sha256(proof).hexdigest() == fact["commitment"]


def test_exporting_again_writes_the_same_bytes(cast: Cast, tmp_path: Path) -> None:
    make.completed(cast)
    folder = tmp_path / "out"
    export(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    export(folder)

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_damaged_file_is_named_and_the_others_are_written(cast: Cast, tmp_path: Path) -> None:
    damaged, sound = make.completed(cast), make.completed(cast)
    _damage(revisions.heads(damaged)[0].revision.sha256)

    with pytest.raises(CommandError, match=queries.documents_of(damaged)[0].code):
        export(tmp_path / "out")

    code = queries.documents_of(sound)[0].code
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"{code}.evidence.zip",
        f"{code}.pdf",
    ]


def _damage(sha256: str) -> None:
    path = Path(default_storage.path(f"{sha256[:2]}/{sha256[2:4]}/{sha256}"))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
