"""Time stamps of others, what happens while they are silent, and fresh ones in later years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from paraph.documents.models import RevisionKind
from paraph.journal.models import Fact
from paraph.kit import files
from paraph.kit.engines import inline
from paraph.sealing.verify import verify
from paraph.signing import authority, revisions
from paraph.signing.assembly.evidence import archive, completed_revision
from paraph.signing.integrity.checking import checked
from paraph.signing.jobs.lasting import look_around, renew_stamps
from paraph.signing.jobs.sealing import close_envelope, mend_stuck
from paraph.signing.lifecycle import Status
from paraph.signing.models import Act, Envelope, Stamping, TimeSource
from tests import make
from tests.cast import Cast
from tests.fakes.trust_centre import TrustCentre, serving
from tests.invariants import check_invariants

pytestmark = pytest.mark.slow


def now() -> datetime:
    return timezone.now()


@pytest.fixture
def centre(settings: Settings) -> Iterator[TrustCentre]:
    with serving() as found:
        settings.TSA_URLS = [found.url]
        yield found


def stampers(envelope: Envelope, centre: TrustCentre) -> list[str]:
    head = revisions.heads(envelope)[0].content
    report = verify(head, trust=[*authority.roots(), centre.root_pem])
    assert (report.verdict, report.trust) == ("intact", "trusted")
    assert all(row.trusted for row in report.signatures)
    return [row.signer for row in report.signatures if row.kind == "timestamp"]


def kinds(envelope: Envelope) -> list[str]:
    rows = envelope.documents.get().revisions.order_by("number")
    return list(rows.values_list("kind", flat=True))


def silent(centre: TrustCentre) -> None:
    """The service fell silent a good while ago."""
    centre.is_down = True
    look_around()
    TimeSource.objects.update(asked_at=now() - timedelta(hours=1))


def test_an_outside_service_stamps_each_act_and_the_closing(
    cast: Cast, centre: TrustCentre
) -> None:
    envelope = make.completed(cast, at=now())

    fact = Fact.objects.get(event="envelope.completed")
    assert stampers(envelope, centre).count("Certo Time Stamps") == 3
    assert fact.facts["stamped_by"] == "Certo Time Stamps"
    assert verify(revisions.heads(envelope)[0].content, trust=authority.roots()).trust == "trusted"
    check_invariants()


def test_while_nobody_answers_our_own_stamps_do_and_closing_waits(
    cast: Cast, centre: TrustCentre
) -> None:
    silent(centre)
    envelope = make.completed(cast, at=now())
    waiting = (envelope.status, kinds(envelope)[-1])
    centre.is_down = False
    TimeSource.objects.update(asked_at=now() - timedelta(hours=1))

    close_envelope(envelope_id=envelope.pk)

    envelope.refresh_from_db()
    assert waiting == (Status.CLOSING, "act")
    assert kinds(envelope)[-3:] == ["stamped", "certificate", "completed"]
    assert Fact.objects.filter(event="envelope.time-stamped").count() == 1
    check_invariants()


def test_a_silent_service_is_asked_again_in_its_time_and_not_by_every_sweep(
    cast: Cast, centre: TrustCentre
) -> None:
    silent(centre)
    make.completed(cast, at=now())
    Act.objects.update(sealed_at=now() - timedelta(minutes=1))
    TimeSource.objects.update(asked_at=now() - timedelta(hours=1))
    before = centre.asked

    mend_stuck()
    mend_stuck()

    assert centre.asked == before
    closings = [it for it in inline.orders.postponed if it.job == close_envelope]
    assert len(closings) == 1


def test_after_a_day_of_silence_a_document_closes_with_our_own_stamps(
    cast: Cast, centre: TrustCentre
) -> None:
    silent(centre)
    envelope = make.completed(cast, at=now())
    Act.objects.update(sealed_at=now() - timedelta(hours=25))

    close_envelope(envelope_id=envelope.pk)

    envelope.refresh_from_db()
    assert envelope.status == Status.COMPLETED
    assert Fact.objects.get(event="envelope.completed").facts["stamped_by"] == ""


def test_a_service_that_talks_nonsense_counts_as_silent(cast: Cast, centre: TrustCentre) -> None:
    centre.babbles = True

    envelope = make.completed(cast, at=now())

    assert envelope.status == Status.CLOSING
    assert "not" in TimeSource.objects.get().problem


def test_the_second_service_is_asked_when_the_first_is_silent(
    cast: Cast, centre: TrustCentre, settings: Settings
) -> None:
    settings.TSA_URLS = ["http://127.0.0.1:9/", centre.url]

    envelope = make.completed(cast, at=now())

    assert envelope.status == Status.COMPLETED
    assert Stamping.objects.get().stamped_by == "Certo Time Stamps"


def test_a_completed_document_gets_a_fresh_time_stamp_before_the_last_one_ages(
    cast: Cast,
) -> None:
    envelope = make.completed(cast, at=now())
    document = envelope.documents.get()
    before = completed_revision(document)
    Stamping.objects.update(until=now() + timedelta(days=100))

    renew_stamps()
    renew_stamps()

    after = completed_revision(document)
    report = verify(files.get(after.sha256), trust=authority.roots())
    assert kinds(envelope)[-3:] == ["completed", "certificate", "renewed"]
    assert (report.verdict, report.trust) == ("intact", "trusted")
    assert files.get(after.sha256).startswith(files.get(before.sha256))
    assert Fact.objects.filter(event="document.stamp-renewed").count() == 1
    certificates = list(document.revisions.filter(kind=RevisionKind.CERTIFICATE))
    assert len(certificates) == 2
    for revision in (before, after, *certificates):
        told = checked(files.get(revision.sha256), name="signed.pdf")
        assert told.tone == "good"
    check_invariants()


def test_the_evidence_of_a_renewed_document_still_fits(cast: Cast) -> None:
    from paraph.sealing.archive import verify_archive

    envelope = make.completed(cast, at=now())
    Stamping.objects.update(until=now() + timedelta(days=100))
    renew_stamps()

    document = envelope.documents.get()
    written = archive(document, envelope, authority=b"".join(authority.certificates()))

    report = verify_archive(written, trust=authority.roots())
    assert (report.verdict, report.trust) == ("intact", "trusted")
    assert document.revisions.filter(kind=RevisionKind.RENEWED).count() == 1
