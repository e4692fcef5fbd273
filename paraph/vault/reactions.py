"""When this happened in signing, then do that in the vault."""

from django.utils import timezone

from paraph.contacts.events import ContactErased
from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue
from paraph.signing.events import EnvelopeCompleted, EnvelopeHandedOver

from . import jobs
from .events import DocumentDestroyed


@reacts_to(EnvelopeCompleted)
def keep_what_is_signed(event: EnvelopeCompleted) -> None:
    """Put the documents into the vault, and read them a little later."""
    pk = event.envelope_id
    enqueue(jobs.keep_files, envelope_id=pk)
    later = timezone.now() + jobs.READ_AFTER
    enqueue(jobs.read_files, envelope_id=pk, once=f"read-files-{pk}", run_at=later)


@reacts_to(DocumentDestroyed)
def note_the_document(event: DocumentDestroyed) -> None:
    """Write outside of the database that it has gone, for copies restored from earlier days."""
    enqueue(jobs.note_gone, code=event.code)


@reacts_to(ContactErased)
def note_the_person(event: ContactErased) -> None:
    """Write outside of the database who was erased, by number."""
    enqueue(jobs.note_gone, erasure=event.erasure)


@reacts_to(EnvelopeHandedOver)
def follow_the_envelope(event: EnvelopeHandedOver) -> None:
    """Let the files belong to whom the envelope belongs."""
    enqueue(jobs.follow, envelope_id=event.envelope_id)
