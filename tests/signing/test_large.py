"""A scan too large to be held is signed from disk, under every check that small ones pass."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.core.files.storage import default_storage

from paraph.documents.models import Document
from paraph.journal.models import Fact
from paraph.kit import files
from paraph.sealing.draft import Draft
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify
from paraph.signing import authority, revisions
from paraph.signing.actions.sending import send_envelope
from paraph.signing.assembly.building import MOST_IN_MEMORY
from paraph.signing.jobs.auditing import audit_completed
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope
from tests import make
from tests.cast import Cast
from tests.invariants import check_invariants
from tests.moments import NOON

pytestmark = pytest.mark.slow


def scan(cast: Cast) -> Document:
    """A document of one page that is a large picture."""
    pdf, written = pikepdf.new(), BytesIO()
    pdf.add_blank_page()
    picture = pdf.make_stream(random.Random(5).randbytes(MOST_IN_MEMORY + 4096))
    pdf.pages[0].Resources = pikepdf.Dictionary(Kept=picture)
    pdf.save(written)
    document, content = make.document(cast.alice), written.getvalue()
    document.revisions.update(sha256=files.put(content), size=len(content))
    return document


def sent(cast: Cast) -> Envelope:
    envelope = make.draft(cast, documents=[scan(cast)])
    send_envelope(envelope, by=cast.alice.actor, at=NOON)
    return envelope


def spoil(sha256: str) -> None:
    """Change one byte of a kept file, as a failing disk does."""
    path = Path(default_storage.path(f"{sha256[:2]}/{sha256[2:4]}/{sha256}"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_large_scan_is_signed_closed_and_looked_at_again(cast: Cast) -> None:
    envelope = sent(cast)
    for name in ("Erin", "Frank"):
        make.act(make.party(envelope, name=name))
    audit_completed()

    envelope.refresh_from_db()
    (base,) = revisions.heads(envelope)
    assert isinstance(base.opened(), Draft)
    assert (envelope.status, bool(envelope.audited_at)) == (Status.COMPLETED, True)
    assert verify(base.content, trust=authority.roots()).verdict is Verdict.INTACT
    check_invariants()


def test_bit_rot_in_a_large_scan_is_never_signed(cast: Cast) -> None:
    envelope = sent(cast)
    spoil(revisions.heads(envelope)[0].revision.sha256)

    with pytest.raises(files.FileDamaged):
        make.act(make.party(envelope, name="Erin"))

    assert not Fact.objects.filter(event="party.signed").exists()
