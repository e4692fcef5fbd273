"""What is known of completed documents and belongs to their evidence: read for many of them at
once, in few questions, without opening a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import NamedTuple

from django.db.models import Exists

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal.log.publishing import entries_of
from paraph.journal.models import Fact, LogEntry, Mention
from paraph.sealing.evidence import SIGNED

from ..models import Act, Envelope, Field

NAMES = {
    RevisionKind.UPLOADED: "uploaded.pdf",
    RevisionKind.ORIGINAL: "original.pdf",
    RevisionKind.CERTIFICATE: "certificate-of-completion.pdf",
}
FINAL = frozenset({RevisionKind.COMPLETED, RevisionKind.RENEWED})
SAID = ("fact__event", "fact__commitment", "fact__payload__salt", "fact__payload__canonical")
TOLD = ("document_id", "number", "kind", "sha256", "size")


class Said(NamedTuple):
    """A fact and, unless it is erased, what it said.

    A row of its own would hold its payload, and that the row: garbage that waits for a search of
    the whole memory, while an archive of thousands goes on.
    """

    pk: int
    event: str
    commitment: str
    salt: bytes | None
    text: str | None


@dataclass(frozen=True)
class Known:
    """A completed document with everything that proves it."""

    document: Document
    envelope: Envelope
    revisions: list[Revision] = field(default_factory=list)
    facts: list[Said] = field(default_factory=list)
    entries: list[LogEntry] = field(default_factory=list)
    signers: list[str] = field(default_factory=list)  # certificates as PEM
    attached: list[Field] = field(default_factory=list)

    @property
    def completed(self) -> Revision:
        """The document as everybody has it; raises ``Revision.DoesNotExist``."""
        if not (final := [row for row in self.revisions if row.kind in FINAL]):
            raise Revision.DoesNotExist(self.document.code)
        return final[-1]

    @property
    def names(self) -> dict[str, str]:
        """The names of the document's files, by their hashes.

        Acts, and what was completed or certified before its time stamp was renewed, are no files
        of their own: each is the beginning of the newest one.
        """
        rows = [row for row in self.revisions if row.kind in NAMES]
        newest = {NAMES[RevisionKind(row.kind)]: row.sha256 for row in rows}
        named = {sha256: name for name, sha256 in newest.items()}
        return named | {self.completed.sha256: SIGNED}

    @property
    def files(self) -> dict[str, str]:
        """The hashes of all files by their names, also of those that the parties added; the fact
        that each signed names their hashes.
        """
        added = {
            f"attachments/{it.attachment[:16]}-{PurePath(it.value).name}": it.attachment
            for it in self.attached
        }
        return {name: sha256 for sha256, name in self.names.items()} | added


def gathered(pairs: Sequence[tuple[Document, Envelope]]) -> list[Known]:
    """Read what is known of these documents, each with its envelope, in their order."""
    documents, envelopes = [it for it, _of in pairs], {it.pk for _document, it in pairs}
    revisions, attached = _revisions(documents), _attached(documents)
    facts, signers = _facts(envelopes), _signers(envelopes)
    entries = {it.pk: it for it in entries_of({it.pk for each in facts.values() for it in each})}
    return [
        Known(
            document,
            envelope,
            revisions[document.pk],
            facts[envelope.pk],
            [entries[it.pk] for it in facts[envelope.pk] if it.pk in entries],
            signers[envelope.pk],
            attached[document.pk],
        )
        for document, envelope in pairs
    ]


def up_to_date(known: Known) -> Known:
    """Return it unless something was erased since: then all is read again.

    One light question; raises ``Document.DoesNotExist`` where the document itself is gone.
    """
    told = [fact.pk for fact in known.facts if fact.salt is not None]
    erased = Fact.objects.filter(**{"pk__listed": told}, payload=None)
    here = Document.objects.filter(pk=known.document.pk)
    if here.filter(~Exists(erased)).exists():
        return known
    (anew,) = gathered([(here.get(), known.envelope)])
    return anew


def _revisions(documents: Iterable[Document]) -> Mapping[int, list[Revision]]:
    found = defaultdict(list)
    rows = Revision.objects.filter(document__in=documents).only(*TOLD)
    for row in rows.order_by("number"):
        found[row.document_id].append(row)
    return found


def _attached(documents: Iterable[Document]) -> Mapping[int, list[Field]]:
    found = defaultdict(list)
    for row in Field.objects.filter(document__in=documents).exclude(attachment=""):
        found[row.document_id].append(row)
    return found


def _facts(envelopes: Iterable[int]) -> Mapping[int, list[Said]]:
    """Return the facts about each envelope, the oldest first."""
    mentions = Mention.objects.filter(noun="envelope", object_id__in=envelopes)
    about = mentions.order_by("fact__at", "fact_id").values_list("object_id", "fact", *SAID)
    found = defaultdict(list)
    for envelope, *said in about:
        found[envelope].append(Said(*said))
    return found


def _signers(envelopes: Iterable[int]) -> Mapping[int, list[str]]:
    acts = Act.objects.filter(party__envelope__in=envelopes).order_by("sealed_at")
    found = defaultdict(list)
    for envelope, certificate in acts.values_list("party__envelope", "certificate"):
        found[envelope].append(certificate)
    return found
