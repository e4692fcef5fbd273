"""What tests of the vault begin with: completed envelopes, without the seals that take seconds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from paraph.documents.models import Document, DocumentClass, Revision, RevisionKind
from paraph.kit import files
from paraph.messaging.models import Message
from paraph.people.models import Employee
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope
from paraph.vault.actions.filing import keep_signed, keep_words
from paraph.vault.actions.retaining import change_retention
from paraph.vault.models import SignedFile
from tests import make
from tests.cast import Cast
from tests.moments import NOON

LONG_AGO = NOON - timedelta(days=4000)


def signed(
    cast: Cast,
    *,
    title: str = "Contract",
    pages: Sequence[str] = ("Contract",),
    at: datetime = NOON,
    owner: Employee | None = None,
) -> SignedFile:
    """Make a signed file as the closing leaves it; its pages are read as given."""
    envelope = make.draft(cast, title=title)
    Envelope.objects.filter(pk=envelope.pk).update(
        status=Status.COMPLETED, sent_at=at, closed_at=at, responsible=owner or cast.alice
    )
    document = envelope.documents.all()[0]
    Document.objects.filter(pk=document.pk).update(pages=[[595.0, 842.0]] * len(pages))
    content = make.pdf(pages=len(pages), text=title) + document.code.encode()
    Revision.objects.create(
        document=document,
        number=3,
        kind=RevisionKind.COMPLETED,
        sha256=files.put(content),
        size=len(content),
        created_at=at,
    )
    keep_signed(Envelope.objects.get(pk=envelope.pk))
    file = SignedFile.objects.get(document=document)
    keep_words(file, pages=list(pages))
    return SignedFile.objects.get(pk=file.pk)


def unsigned(cast: Cast, status: Status) -> Envelope:
    """Make an envelope to Erin and Frank that nobody has signed, and a letter about it."""
    envelope = make.draft(cast, title="Unsigned")
    Envelope.objects.filter(pk=envelope.pk).update(status=status, sent_at=NOON, closed_at=NOON)
    party = make.party(envelope, name="Frank")
    Message.objects.create(
        once=f"letter-{party.pk}",
        kind="signature_requested",
        channel="email",
        recipient=party.email,
        recipient_name=party.name,
        text="Dear Frank Kowalski",
        noun="party",
        noun_id=party.pk,
        state="sent",
        message_id=f"{party.pk}@example.org",
        created_at=NOON,
    )
    return Envelope.objects.get(pk=envelope.pk)


def keep_ten_years(cast: Cast) -> None:
    """Let every class go after ten years, since long ago."""
    years = dict.fromkeys(DocumentClass.values, 10)
    change_retention(years, by=cast.olga.actor, at=NOON - timedelta(days=2))
