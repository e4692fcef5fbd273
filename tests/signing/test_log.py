"""``paraph log``: the log recomputed, and proofs that hold without the installation."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from paraph.journal.models import Fact, LogCheckpoint, LogShard
from paraph.signing import queries
from paraph.tlog import proofs
from paraph.tlog.notes import Verifier
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.slow


def _log(*words: str) -> str:
    said = StringIO()
    call_command("log", *words, stdout=said, stderr=said)
    return said.getvalue()


def test_the_log_of_a_completed_document_is_whole(cast: Cast) -> None:
    make.completed(cast)

    assert "all as they were signed" in _log("verify")


def test_the_facts_of_a_document_are_proven_in_files(cast: Cast, tmp_path: Path) -> None:
    code = queries.documents_of(make.completed(cast))[0].code

    _log("prove", code, "--to", str(tmp_path))

    key = Verifier.of(LogShard.objects.get().public_key)
    [signed] = Fact.objects.filter(event="party.signed").order_by("pk")[:1]
    [file] = tmp_path.glob(f"{signed.entry.index}-party.signed.tlog-proof")
    proof = proofs.read(file.read_text(encoding="utf-8"))
    proofs.check(proof, entry=bytes.fromhex(signed.commitment), by=key)


def test_a_checkpoint_that_the_log_denies_is_an_alarm(cast: Cast, tmp_path: Path) -> None:
    make.completed(cast)
    kept = tmp_path / "checkpoint"
    note = LogCheckpoint.objects.latest("pk").note
    kept.write_text(note.replace(note.splitlines()[1], "999", 1), encoding="utf-8")

    with pytest.raises(CommandError):
        _log("verify", "--checkpoint", str(kept))


def test_a_document_that_nobody_knows_has_no_proof(cast: Cast) -> None:
    with pytest.raises(CommandError, match="No document has the ID"):
        _log("prove", "7K3M-Q9ZT-4H2B-XW8D-5")
