"""The owner's evidence about one completed document: everything that proves it, in one archive.

Unlike the file itself it holds addresses and phone numbers, so it is not for the other parties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal.log.publishing import checkpoint_over, proven
from paraph.kit import files, zips
from paraph.kit.canonical import canonical_json
from paraph.sealing.evidence import ACCOUNT, CHECKPOINT, FORMAT, KEY, PROOFS, ROOT
from paraph.tlog.proofs import Proof, written

from ..models import Envelope
from .gathering import FINAL, Known, Said, gathered

FAST = 1  # of nine: PDFs are packed already, and what they leave room for packs well at once

Opened = Mapping[str, BinaryIO]


def archive(document: Document, envelope: Envelope, *, authority: bytes) -> bytes:
    """Return the archive as one; ``authority`` are the installation's certificates as PEM."""
    (known,) = gathered([(document, envelope)])
    with opened(known) as sources:
        return b"".join(streamed(known, sources, authority=authority))


@contextmanager
def opened(known: Known) -> Iterator[Opened]:
    """Open every file that belongs to the evidence, by its name there: all of them whole, or
    ``FileDamaged`` and ``FileNotFoundError`` are raised before anybody has a byte.
    """
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(files.checked(sha256))
            for name, sha256 in known.files.items()
        }


def streamed(known: Known, sources: Opened, *, authority: bytes) -> Iterator[bytes]:
    """Yield the archive piece by piece; of the same evidence always the same bytes.

    ``paraph verify`` checks it on a machine that has never seen this installation.
    """
    leaving = zips.Leaving()
    with ZipFile(leaving, "w", ZIP_DEFLATED, compresslevel=FAST) as archived:
        for name, sha256 in known.files.items():
            pieces = files.pieces(sources[name], name=sha256)
            yield from zips.put(archived, leaving, name, pieces)
        for name, content in _written(known, authority=authority).items():
            yield from zips.put(archived, leaving, name, [content])
    yield leaving.taken()


def _written(known: Known, *, authority: bytes) -> Mapping[str, bytes]:
    """Return what is written for the archive alone."""
    checkpoint = checkpoint_over(known.entries)
    proofs = proven(known.entries, under=checkpoint) if checkpoint else {}
    entries = {
        ACCOUNT: canonical_json(_account(known, proofs)).encode(),
        ROOT: authority,
        "signers.pem": "".join(known.signers).encode(),
    }
    entries |= {f"{PROOFS}/{it.index}.tlog-proof": written(it).encode() for it in proofs.values()}
    if checkpoint:
        entries[KEY] = f"{checkpoint.shard.public_key}\n".encode()
        entries[CHECKPOINT] = checkpoint.note.encode()
    return {**entries, **_how_to_check(known.document, root=authority)}


def completed_revision(document: Document) -> Revision:
    """Return the document as everybody has it."""
    return document.revisions.filter(kind__in=FINAL).latest("number")


def _account(known: Known, proofs: Mapping[int, Proof]) -> Mapping[str, Any]:  # JSON
    return {
        "format": FORMAT,
        "document": known.document.code,
        "title": known.document.title,
        "is_trial": known.envelope.is_trial,
        "revisions": _revisions(known.revisions, names=known.names),
        "facts": [_told(fact, proofs.get(fact.pk)) for fact in known.facts],
    }


def _revisions(
    revisions: Iterable[Revision], *, names: Mapping[str, str]
) -> Sequence[Mapping[str, Any]]:  # JSON
    """Tell of each revision; earlier forms of the certificate are how the newest begins."""
    return [
        {
            "number": row.number,
            "kind": row.kind,
            "sha256": row.sha256,
            "size": row.size,
            "file": names.get(row.sha256, ""),
        }
        for row in revisions
        if row.kind != RevisionKind.CERTIFICATE or row.sha256 in names
    ]


def _told(fact: Said, proof: Proof | None) -> Mapping[str, Any]:  # JSON
    """A fact as it was committed to: the commitment is the SHA-256 of the salt and the text."""
    known = {
        "event": fact.event,
        "commitment": fact.commitment,
        "index": proof.index if proof else None,
    }
    if fact.salt is None:
        return known | {"erased": True}
    return known | {"salt": bytes(fact.salt).hex(), "text": fact.text}


def _how_to_check(document: Document, *, root: bytes) -> Mapping[str, bytes]:
    """Say in plain words, in every language, how to check all of it without us."""
    first = x509.load_pem_x509_certificates(root)[0] if root else None
    fingerprint = first.fingerprint(SHA256()).hex(":").upper() if first else ""
    command = f"paraph verify {document.code}.evidence.zip --trust authority.pem"
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            context = {"document": document, "fingerprint": fingerprint, "command": command}
            text = render_to_string("evidence/how_to_check.txt", context)
        words[f"how-to-check.{language}.txt"] = text.encode()
    return words
