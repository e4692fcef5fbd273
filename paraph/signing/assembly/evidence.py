"""The owner's evidence about one completed document: everything that proves it, in one archive.

Unlike the file itself it holds addresses and phone numbers, so it is not for the other parties.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from paraph import journal
from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal import Fact
from paraph.kit import files
from paraph.kit.canonical import canonical_json

from ..models import Act, Envelope

# A fixed date makes the archive of the same evidence the same bytes.
WRITTEN_AT = (2000, 1, 1, 0, 0, 0)


def archive(document: Document, envelope: Envelope, *, authority: bytes) -> bytes:
    """Return the archive; ``authority`` are the installation's certificates as PEM."""
    revisions = document.revisions.order_by("number")
    acts = Act.objects.filter(party__envelope=envelope).order_by("sealed_at")
    entries = {f"{row.number}-{row.kind}.pdf": files.get(row.sha256) for row in revisions}
    entries["evidence.json"] = canonical_json(_account(document, envelope)).encode()
    entries["authority.pem"] = authority
    entries["signers.pem"] = "".join(act.certificate for act in acts).encode()
    return _zipped(entries)


def completed_revision(document: Document) -> Revision:
    """Return the document as everybody has it."""
    return document.revisions.get(kind=RevisionKind.COMPLETED)


def _account(document: Document, envelope: Envelope) -> Mapping[str, Any]:  # JSON
    facts = journal.timeline(subject="envelope", object_id=envelope.pk)
    return {
        "format": "paraph-evidence-archive/1",
        "document": document.code,
        "title": document.title,
        "is_trial": envelope.is_trial,
        "revisions": [
            {"number": row.number, "kind": row.kind, "sha256": row.sha256, "size": row.size}
            for row in document.revisions.order_by("number")
        ],
        "facts": [_proof(fact) for fact in reversed(facts)],
    }


def _proof(fact: Fact) -> Mapping[str, Any]:  # JSON
    """A fact as it was committed to: the commitment is the SHA-256 of the salt and the text."""
    if fact.is_erased:
        return {"event": fact.event, "commitment": fact.commitment, "erased": True}
    return {
        "event": fact.event,
        "commitment": fact.commitment,
        "salt": bytes(fact.payload.salt).hex(),
        "text": fact.payload.canonical,
    }


def _zipped(entries: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archived:
        for name, content in entries.items():
            entry = ZipInfo(name, WRITTEN_AT)
            entry.compress_type = ZIP_DEFLATED
            archived.writestr(entry, content)
    return written.getvalue()
