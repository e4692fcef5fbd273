"""How signed documents come into the vault, follow their envelope, and are read."""

from __future__ import annotations

from django.db.models import QuerySet

from paraph.documents.models import Document, DocumentClass
from paraph.kit import db
from paraph.kit.search import normalise
from paraph.signing import queries
from paraph.signing.models import Envelope

from ..models import FullText, SignedFile, TextState
from ..words import indexed

MOST_TRIES = 5


@db.transaction
def keep_signed(envelope: Envelope) -> None:
    """Put the documents of a completed envelope into the vault; to do so again is harmless."""
    envelope.lock()
    if not envelope.is_completed:
        return
    kept = set(envelope.signed_files.values_list("document", flat=True))
    for document in queries.documents_of(envelope):
        if document.pk not in kept:
            _file(document, envelope).save()


@db.transaction
def follow_envelope(envelope: Envelope) -> None:
    """Let the files belong to whom the envelope belongs."""
    envelope.lock()
    rows: QuerySet[SignedFile] = envelope.signed_files.all()
    rows.update(responsible=envelope.responsible, is_shared=envelope.is_shared)


@db.transaction
def begin_reading(file: SignedFile) -> bool:
    """Count a try before it begins, for it may end the process; tell whether it is worth one.

    What cannot be read again and again counts as having no text, and lets newer files be read.
    """
    file.lock()
    file.text_tries += 1
    if file.text_tries > MOST_TRIES:
        file.text_state = TextState.UNREADABLE
    file.save(update_fields=["text_state", "text_tries"])
    return file.text_state == TextState.WAITING


@db.transaction
def keep_words(file: SignedFile, *, pages: list[str]) -> None:
    """Let a file be found by what its pages say, by its title, its number and its parties."""
    file.lock()
    names = file.envelope.parties.values_list("name", flat=True)
    head = [file.title, file.number, file.client_name, file.code, *names]
    words = indexed(*head, *pages)
    FullText.objects.update_or_create(file=file, defaults={"words": words, "pages": pages})
    has_text = any(page.strip() for page in pages)
    file.text_state = TextState.READ if has_text else TextState.UNREADABLE
    file.save(update_fields=["text_state"])


def _file(document: Document, envelope: Envelope) -> SignedFile:
    template = document.template
    return SignedFile(
        document=document,
        envelope=envelope,
        code=document.code,
        title=document.title,
        title_key=normalise(document.title)[:100],
        number=document.number,
        client_name=envelope.client_name,
        client_key=envelope.client_key,
        deal=envelope.deal or document.deal,
        document_class=template.document_class if template else DocumentClass.OTHER,
        amount=envelope.amount or 0,
        currency=envelope.currency if envelope.amount is not None else "",
        page_count=document.page_count,
        responsible=envelope.responsible,
        is_shared=envelope.is_shared,
        completed_at=envelope.closed_at or envelope.created_at,
    )
