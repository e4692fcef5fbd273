"""Taking away a signed document, and an envelope that has none left: rows, words, names.

Whether that may be is decided above; what proves that it happened, the facts and their place in
the log, stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from paraph.documents.models import Document, Generated, Revision
from paraph.journal.in_bulk import erase_facts
from paraph.journal.models import Fact
from paraph.kit import db
from paraph.messaging.models import Message

from . import lifecycle
from .models import Act, Envelope, Field, Party


@dataclass(frozen=True)
class Removed:
    """What a document leaves behind: its revisions as they were, and files of the store."""

    revisions: list[Revision]
    files: frozenset[str]


@db.transaction_required
def remove_document(document: Document) -> Removed:
    """Take a document away with its places and what was said about it, out of every envelope."""
    revisions = list(document.revisions.defer("plan"))
    files = {it.sha256 for it in revisions} | {*_others(document)}
    envelopes = list(document.envelopes.all())
    erase_facts(Fact.objects.about("document", document.pk))
    document.enclosures.all().delete()
    document.delete()
    for envelope in envelopes:
        if envelope.status not in lifecycle.OPEN and not envelope.enclosures.exists():
            remove_envelope(envelope)
    return Removed(revisions, frozenset(files - {""}))


@db.transaction_required
def remove_envelope(envelope: Envelope) -> None:
    """Take away an envelope without documents: its parties, their letters, what facts said."""
    parties = list(envelope.parties.values_list("pk", flat=True))
    _messages(envelope, parties).delete()
    for noun, keys in (("envelope", [envelope.pk]), ("party", parties)):
        erase_facts(Fact.objects.filter(mentions__noun=noun, mentions__object_id__in=keys))
    Act.objects.filter(party__in=parties).delete()
    Party.objects.filter(pk__in=parties).update(replaces=None)
    envelope.delete()


def _messages(envelope: Envelope, parties: list[int]) -> QuerySet[Message]:
    about = Q(noun="envelope", noun_id=envelope.pk) | Q(noun="party", noun_id__in=parties)
    return Message.objects.filter(about)


def _others(document: Document) -> Iterator[str]:
    """Yield what belongs to a document besides its revisions: drawings, attachments, Word file."""
    for place in Field.objects.filter(document=document):
        yield from (place.picture, place.attachment)
    yield from Generated.objects.filter(document=document).values_list("docx", flat=True)
