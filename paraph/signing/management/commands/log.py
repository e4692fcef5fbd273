"""``paraph log verify`` and ``paraph log prove ID``: the public log, recomputed and proven."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from paraph import journal
from paraph.documents.models import Document
from paraph.journal.log.publishing import covering, proofs_of
from paraph.journal.log.verifying import Finding, verify_log
from paraph.journal.models import LogShard
from paraph.kit.ids import NotADocumentId, parse_document_id
from paraph.signing.models import Envelope
from paraph.tlog.proofs import written

from .vault import write


class Command(BaseCommand):
    """Says whether the log is whole; writes the proofs of one document's facts."""

    help = "Verify the public log, or prove that the facts of a document are in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verify = verbs.add_parser("verify", help="recompute the whole log")
        verify.add_argument(
            "--checkpoint",
            type=Path,
            action="append",
            default=[],
            metavar="FILE",
            help="a checkpoint kept elsewhere, which the log must contain",
        )
        prove = verbs.add_parser("prove", help="write the proofs of a document's facts")
        prove.add_argument("id", metavar="ID", help="the ID at the foot of its pages")
        prove.add_argument("--to", type=Path, default=Path(), metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the verb says."""
        if options["verb"] == "verify":
            self._verify([path.read_text(encoding="utf-8") for path in options["checkpoint"]])
        else:
            self._prove(options["id"], folder=options["to"])

    def _verify(self, witnessed: list[str]) -> None:
        findings = verify_log(witnessed=witnessed)
        for finding in findings:
            self.stderr.write(_in_words(finding))
        if findings:
            raise CommandError("The log is not as it was signed.")
        for shard in LogShard.objects.all():
            self.stdout.write(f"{shard.origin}: {shard.size} entries, all as they were signed.")

    def _prove(self, code: str, *, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        names = list(_written(_envelope(code), folder=folder))
        if not names:
            raise CommandError("None of its facts is in the log yet.")
        self.stdout.write("\n".join(names))


def _envelope(code: str) -> Envelope:
    try:
        document = Document.objects.get(code=parse_document_id(code))
    except (NotADocumentId, Document.DoesNotExist):
        raise CommandError(f"No document has the ID {code}.") from None
    envelope = Envelope.objects.filter(documents=document).first()
    if envelope is None:
        raise CommandError("This document was never sent.")
    return envelope


def _written(envelope: Envelope, *, folder: Path) -> Iterator[str]:
    """Write a proof for each fact and yield its name."""
    facts = list(journal.timeline(subject="envelope", object_id=envelope.pk))
    checkpoint = covering(facts)
    if checkpoint is None:
        return
    proofs = proofs_of(facts, under=checkpoint)
    for fact in reversed(facts):
        if proof := proofs.get(fact.pk):
            name = f"{proof.index}-{fact.event}.tlog-proof"
            write(folder / name, written(proof).encode())
            yield name


def _in_words(finding: Finding) -> str:
    return f"Log {finding.shard}, entry {finding.index}: {finding.what}."
