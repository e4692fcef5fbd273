"""What must always hold, whatever was killed, raced or broken: one function checks it all."""

from __future__ import annotations

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal.log.verifying import verify_log
from paraph.journal.models import Fact, LogEntry, Unlogged
from paraph.kit import files
from paraph.sealing.verify import verify
from paraph.signing import authority
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Act, Envelope, Party, PartyRole


def check_invariants() -> None:
    """Raise ``AssertionError`` when something does not hold."""
    for revision in Revision.objects.all():
        assert len(files.get(revision.sha256)) == revision.size, "I1: a file is lost or changed"
    for act in Act.objects.select_related("party"):
        _check_act(act)
    for envelope in Envelope.objects.all():
        _check_envelope(envelope)
    assert verify_log() == [], "I6: the log was rewritten"


def _check_act(act: Act) -> None:
    """I2, I3, I7: an act, its file, its fact and its status are there together or not at all."""
    told = Fact.objects.about("act", act.pk).filter(event="party.signed")
    assert act.party.has_signed == act.is_sealed, "I2: a status without its act"
    assert told.count() == int(act.is_sealed), "I3: not exactly one fact for an act"
    logged = LogEntry.objects.filter(fact__in=told).count()
    waiting = Unlogged.objects.filter(fact__in=told).count()
    assert logged + waiting == int(act.is_sealed), "I3: not exactly one log entry for an act"
    for entry in act.documents:
        known = Revision.objects.filter(document=entry["document"])
        assert known.filter(sha256=entry["shown"]).exists(), "I7: shown bytes are not registered"
        signed = known.filter(sha256=entry["signed"], kind=RevisionKind.ACT).count()
        assert signed == int(act.is_sealed), "I2: an act without its file"
    assert not act.is_sealed or act.certificate, "I2: an act without its certificate"


def _check_envelope(envelope: Envelope) -> None:
    """I2 and I8: one revision an act, one closing seal, and only when everybody has signed."""
    signers = Party.objects.filter(envelope=envelope, role=PartyRole.SIGNER)
    signed = signers.filter(status=PartyStatus.SIGNED).count()
    is_completed = envelope.status == Status.COMPLETED
    for document in envelope.documents.all():
        of = document.revisions.filter
        assert of(kind=RevisionKind.ACT).count() == signed, "I8: not one revision for each act"
        assert of(kind=RevisionKind.COMPLETED).count() == int(is_completed), "I8: closing seals"
        if is_completed:
            _check_completed(document, signers=signers.count())
    told = Fact.objects.about("envelope", envelope.pk).filter(event="envelope.completed").count()
    assert told == int(is_completed), "I3: not exactly one fact for a completion"
    assert not is_completed or signed == signers.count(), "I12: completed without everybody"


def _check_completed(document: Document, *, signers: int) -> None:
    """I7, I8: the completed file is whole and has one signature of each signer."""
    revision = document.revisions.get(kind=RevisionKind.COMPLETED)
    report = verify(files.get(revision.sha256), trust=authority.roots())
    people = [row for row in report.signatures if row.kind == "signature"]
    assert (report.verdict, report.trust) == ("intact", "trusted"), report
    assert len(people) == signers, "I8: not one signature of each signer"
