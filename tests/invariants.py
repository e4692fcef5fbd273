"""What must always hold, whatever was killed, raced or broken: one function checks it all."""

from __future__ import annotations

from paraph.documents.models import Document, Revision, RevisionKind
from paraph.journal.log.verifying import verify_log
from paraph.journal.models import Fact, LogEntry, Unlogged
from paraph.kit import files
from paraph.sealing.verify import verify
from paraph.signing import authority, queries
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import ACTING, Act, Envelope, Party, PartyRole
from paraph.signing.models.standing import Waiting


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
    is_standing = act.party.has_signed == act.is_sealed
    assert is_standing or act.is_withdrawn, "I2: a status without its act"
    assert not (act.is_sealed and act.is_withdrawn), "I1: what was sealed was withdrawn"
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
    parties = list(Party.objects.filter(envelope=envelope))
    signed = sum(party.has_signed for party in parties)
    _check_line(envelope, parties)
    _check_standing(envelope, parties)
    is_completed = envelope.status == Status.COMPLETED
    for document in envelope.documents.all():
        of = document.revisions.filter
        assert of(kind=RevisionKind.ACT).count() == signed, "I8: not one revision for each act"
        assert of(kind=RevisionKind.COMPLETED).count() == int(is_completed), "I8: closing seals"
        if is_completed:
            _check_completed(document, signers=signed)
    told = Fact.objects.about("envelope", envelope.pk).filter(event="envelope.completed").count()
    assert told == int(is_completed), "I3: not exactly one fact for a completion"


def _check_standing(envelope: Envelope, parties: list[Party]) -> None:
    """I2: what lists say of an envelope is what its parties say."""
    asked = [it for it in parties if it.status in ACTING and envelope.status == Status.SENT]
    waiting = [Waiting(it.name, it.is_ours, it.asked_at, it.opened_at) for it in asked]
    kept = Envelope.objects.get(pk=envelope.pk)
    assert not kept.stand(Status(envelope.status), waiting, at=kept.stands_since), "I2: standing"
    acts = [at for it in parties if (at := it.signed_at or it.approved_at)]
    assert kept.acted_at == max(acts, default=None), "I2: the last act"


def _check_line(envelope: Envelope, parties: list[Party]) -> None:
    """I2, I8, I12: who acted did so once, in turn, and nothing is complete without enough."""
    for party in parties:
        acts = Act.objects.filter(party=party, sealed_at__isnull=False).count()
        assert acts == int(party.has_signed), "I8: not one act of each who signed"
        told = Fact.objects.about("party", party.pk).filter(event="party.approved").count()
        assert told == int(party.status == PartyStatus.APPROVED), "I2: approved without its fact"
        is_gone = party.is_gone and party.links.filter(purpose="sign", revoked_at=None).exists()
        assert not is_gone, "I12: who is gone still has a way in"
    keys = [party.key for party in parties if party.key and party.status != PartyStatus.REPLACED]
    assert len(set(keys)) == len(keys), "I8: two parties of one name in the file"
    if envelope.status in {Status.CLOSING, Status.COMPLETED}:
        _check_enough(envelope, parties)


def _check_enough(envelope: Envelope, parties: list[Party]) -> None:
    needed = queries.needed_of(envelope)
    acting = [p for p in parties if p.role != PartyRole.COPY and p.status != PartyStatus.REPLACED]
    for group in {party.group for party in acting}:
        members = [party for party in acting if party.group == group]
        acted = sum(p.has_signed or p.status == PartyStatus.APPROVED for p in members)
        assert acted >= (needed.get(group) or len(members)), "I12: completed without enough"
        assert all(party.is_done for party in members), "I12: completed while somebody is asked"


def _check_completed(document: Document, *, signers: int) -> None:
    """I7, I8: the completed file is whole and has one signature of each signer."""
    revision = document.revisions.get(kind=RevisionKind.COMPLETED)
    report = verify(files.get(revision.sha256), trust=authority.roots())
    people = [row for row in report.signatures if row.kind == "signature"]
    assert (report.verdict, report.trust) == ("intact", "trusted"), report
    assert len(people) == signers, "I8: not one signature of each signer"
