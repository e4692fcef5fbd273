"""The owner's evidence about one completed document: everything that proves it, in one archive.

Unlike the file itself it holds addresses and phone numbers, so it is not for the other parties.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import PurePath
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from paraph import journal
from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal import Fact
from paraph.journal.log.publishing import covering, proofs_of
from paraph.kit import files
from paraph.kit.canonical import canonical_json
from paraph.sealing.evidence import ACCOUNT, CHECKPOINT, FORMAT, KEY, PROOFS, ROOT, SIGNED
from paraph.tlog.proofs import Proof, written

from ..models import Act, Envelope, Field

# A fixed date makes the archive of the same evidence the same bytes.
WRITTEN_AT = (2000, 1, 1, 0, 0, 0)


def archive(document: Document, envelope: Envelope, *, authority: bytes) -> bytes:
    """Return the archive; ``authority`` are the installation's certificates as PEM.

    ``paraph verify`` checks it on a machine that has never seen this installation.
    """
    acts = Act.objects.filter(party__envelope=envelope).order_by("sealed_at")
    facts = list(reversed(journal.timeline(subject="envelope", object_id=envelope.pk)))
    checkpoint = covering(facts)
    proofs = proofs_of(facts, under=checkpoint) if checkpoint else {}
    names = _names(document)
    entries = {name: files.get(sha256) for sha256, name in names.items()}
    entries |= _attachments(document)
    entries[ACCOUNT] = canonical_json(_account(document, envelope, facts, proofs)).encode()
    entries[ROOT] = authority
    entries["signers.pem"] = "".join(act.certificate for act in acts).encode()
    entries |= {f"{PROOFS}/{it.index}.tlog-proof": written(it).encode() for it in proofs.values()}
    if checkpoint:
        entries[KEY] = f"{checkpoint.shard.public_key}\n".encode()
        entries[CHECKPOINT] = checkpoint.note.encode()
    return _zipped({**entries, **_how_to_check(document, root=authority)})


def completed_revision(document: Document) -> Revision:
    """Return the document as everybody has it."""
    final = document.revisions.filter(kind__in=[RevisionKind.COMPLETED, RevisionKind.RENEWED])
    return final.latest("number")


def _names(document: Document) -> dict[str, str]:
    """Name the files of the archive, by their hashes.

    Acts, and what was completed or certified before its time stamp was renewed, are no files of
    their own: each is the beginning of the newest one.
    """
    names = {
        RevisionKind.UPLOADED: "uploaded.pdf",
        RevisionKind.ORIGINAL: "original.pdf",
        RevisionKind.CERTIFICATE: "certificate-of-completion.pdf",
    }
    rows = document.revisions.filter(kind__in=names).order_by("number")
    newest = {names[RevisionKind(row.kind)]: row.sha256 for row in rows}
    named = {sha256: name for name, sha256 in newest.items()}
    return named | {completed_revision(document).sha256: SIGNED}


def _attachments(document: Document) -> dict[str, bytes]:
    """Return the files that the parties added; the fact that each signed names their hashes."""
    added = Field.objects.filter(document=document).exclude(attachment="")
    return {
        f"attachments/{it.attachment[:16]}-{PurePath(it.value).name}": files.get(it.attachment)
        for it in added
    }


def _account(
    document: Document, envelope: Envelope, facts: Sequence[Fact], proofs: Mapping[int, Proof]
) -> Mapping[str, Any]:  # JSON
    return {
        "format": FORMAT,
        "document": document.code,
        "title": document.title,
        "is_trial": envelope.is_trial,
        "revisions": _revisions(document),
        "facts": [_told(fact, proofs.get(fact.pk)) for fact in facts],
    }


def _revisions(document: Document) -> Sequence[Mapping[str, Any]]:  # JSON
    """Tell of each revision; earlier forms of the certificate are how the newest begins."""
    names = _names(document)
    return [
        {
            "number": row.number,
            "kind": row.kind,
            "sha256": row.sha256,
            "size": row.size,
            "file": names.get(row.sha256, ""),
        }
        for row in document.revisions.order_by("number")
        if row.kind != RevisionKind.CERTIFICATE or row.sha256 in names
    ]


def _told(fact: Fact, proof: Proof | None) -> Mapping[str, Any]:  # JSON
    """A fact as it was committed to: the commitment is the SHA-256 of the salt and the text."""
    known = {
        "event": fact.event,
        "commitment": fact.commitment,
        "index": proof.index if proof else None,
    }
    if fact.is_erased:
        return known | {"erased": True}
    return known | {"salt": bytes(fact.payload.salt).hex(), "text": fact.payload.canonical}


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


def _zipped(entries: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archived:
        for name, content in entries.items():
            entry = ZipInfo(name, WRITTEN_AT)
            entry.compress_type = ZIP_DEFLATED
            archived.writestr(entry, content)
    return written.getvalue()
