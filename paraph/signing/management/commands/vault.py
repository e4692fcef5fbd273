"""``paraph vault export --to DIR``: every completed document as a file, its evidence beside it."""

import os
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from paraph.documents.models import Document
from paraph.kit import files
from paraph.signing import authority, queries
from paraph.signing.assembly.evidence import archive, completed_revision
from paraph.signing.models import Envelope


class Command(BaseCommand):
    """Writes ``<id>.pdf`` and ``<id>.evidence.zip``; what is there already is left alone."""

    help = "Take signed documents out of the vault."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        export = verbs.add_parser("export", help="write every completed document to a folder")
        export.add_argument("--to", type=Path, required=True, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is missing."""
        folder: Path = options["to"]
        folder.mkdir(parents=True, exist_ok=True)
        written, damaged = 0, []
        for envelope, document in _completed():
            try:
                _export(document, envelope, folder=folder)
            except (files.FileDamaged, FileNotFoundError):
                damaged.append(document.code)
            else:
                written += 1
        self.stdout.write(f"{written} documents are in {folder}.")
        if damaged:
            raise CommandError(f"Damaged or missing in the store: {', '.join(damaged)}.")


def _export(document: Document, envelope: Envelope, *, folder: Path) -> None:
    """Write one document and its evidence, both or none when a file is damaged."""
    signed = files.get(completed_revision(document).sha256)
    certificates = b"".join(authority.certificates())
    evidence = archive(document, envelope, authority=certificates)
    write(folder / f"{document.code}.pdf", signed)
    certificate = queries.certificate_of(document)
    if certificate and document.was_signed:  # elsewhere it is a page of the file as well
        write(folder / f"{document.code}.certificate.pdf", files.get(certificate.sha256))
    write(folder / f"{document.code}.evidence.zip", evidence)


def write(target: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    if target.exists() and target.read_bytes() == content:
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(target)


def _completed() -> Iterator[tuple[Envelope, Document]]:
    for envelope in Envelope.objects.completed().order_by("id").iterator():
        for document in queries.documents_of(envelope):
            yield envelope, document
