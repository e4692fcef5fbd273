"""The work with keys: laying out, sealing each act, closing, and the second look.

Every job may run twice and may die anywhere: it builds outside any transaction, and one
action then keeps everything or nothing. What builds is imported by whoever builds: web processes
order these jobs, too, and need not hold in memory what opens and typesets PDFs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module

from django.utils import timezone

from paraph.journal.log.publishing import keep_log
from paraph.kit import db
from paraph.kit.faults import fault_point
from paraph.kit.jobs import Job, Order, before_the_first, engine, enqueue, job
from paraph.kit.prepared import Prepared, given
from paraph.people.models import Installation
from paraph.sealing.authority import Authority

from .. import authority, queries, revisions, seals
from ..actions.preparing import keep_preparation
from ..actions.sealing import (
    keep_act,
    keep_certificate,
    keep_completion,
    keep_stamp,
    keep_stuck,
)
from ..assembly.building import Base
from ..lifecycle import Status
from ..models import Act, CompanySeal, Envelope, Party
from .auditing import AUDITED_AFTER, audit_completed

REBUILDS = 20
ASK_AGAIN_AFTER = timedelta(minutes=2)
STUCK_AFTER = timedelta(seconds=15)


_ACT = Prepared(
    lambda: Act.objects.select_related(
        "session__code", "party__company", "party__employee", "party__envelope"
    ).filter(pk=given("act"))
)


@before_the_first
def _import_what_builds() -> None:
    for name in ("acting", "certifying", "closing", "preparing", "stamping"):
        import_module(f"paraph.signing.assembly.{name}")
    for name in ("typst", "asn1crypto.tsp", "PIL.Image"):
        import_module(name)


@job(queue="sealing")
def prepare_envelope(envelope_id: int) -> None:
    """Lay the documents of a sent envelope out for signing, once."""
    from ..assembly import preparing

    envelope = Envelope.objects.select_related("company").get(pk=envelope_id)
    if envelope.status != Status.SENT or revisions.is_prepared(envelope):
        return

    at, parties = timezone.now(), queries.parties_of(envelope)
    keys = authority.ready(at=at)
    built = [
        preparing.prepared(base, envelope, parties, authority=keys, at=at)
        for base in revisions.heads(envelope)
    ]
    keep_preparation(envelope, built=built, at=timezone.now())


@job(queue="sealing", priority=3)
def seal_act(act_id: int) -> None:
    """Seal a party's act, once; on the newest revision, even when others sign meanwhile."""
    fault_point("after-intent")
    for _attempt in range(REBUILDS):
        try:
            return _seal(act_id)
        except revisions.HeadMoved:
            continue
    raise revisions.HeadMoved(act_id)


def _seal(act_id: int) -> None:
    from ..assembly import acting

    act = _ACT.first(act=act_id)
    if act is None:
        raise Act.DoesNotExist(act_id)
    if act.is_sealed or act.is_withdrawn or act.party.envelope.status != Status.SENT:
        return

    at = timezone.now()
    keys = authority.ready(at=at)
    leaf = keys.issue(act.party.name, act.party.email, at)
    heads = revisions.heads(act.party.envelope)
    seal = _seal_beside(act.party, heads, at=at)
    mark = seals.mark_of(seal, party=act.party) if seal else None
    pen = acting.Pen(keys, leaf, mark)
    keep_certificate(act, serial=pen.serial, proof=keys.proof_for(leaf, at=at), at=at)
    fault_point("after-certificate")
    built = acting.sealed(act, heads, pen=pen, at=at)
    now = timezone.now()
    keep_act(act, built=built, certificate=leaf.pem.decode(), seal=seal, at=now)
    fault_point("after-commit")


def _seal_beside(party: Party, heads: Sequence[Base], *, at: datetime) -> CompanySeal | None:
    """The company's seal, if it has one and a place was prepared for it when it was sent."""
    has_place = all(base.plan.seal_of(party.key) for base in heads)
    return seals.sealing_for(party, at=at) if has_place else None


@job(queue="sealing", priority=3)
def close_envelope(envelope_id: int) -> None:
    """Put the closing seal on the documents of an envelope that everybody has signed, once."""
    from ..assembly import certifying, closing

    envelope = Envelope.objects.select_related("company").get(pk=envelope_id)
    if envelope.status != Status.CLOSING:
        return

    at, parties = timezone.now(), queries.parties_of(envelope)
    keys = authority.ready(at=at)
    if revisions.awaits_stamp(envelope, at=at) and not _stamp(envelope, keys=keys, at=at):
        return
    bases = revisions.heads(envelope)
    checkpoint, certificates, built = keep_log(at=at), [], []
    for base in bases:
        proven = closing.evidence_of(base, envelope, parties, checkpoint=checkpoint)
        certificates.append(
            certifying.certificate(base, envelope, parties, evidence=proven, authority=keys, at=at)
        )
        closed = closing.closed(base, envelope, parties, evidence=proven, authority=keys, at=at)
        built.append(certifying.following(closed, certificates[-1]))
    keep_completion(envelope, built=built, certificates=certificates, at=timezone.now())
    fault_point("after-completion")


def _stamp(envelope: Envelope, *, keys: Authority, at: datetime) -> bool:
    """Get the time stamps from outside that the acts had to go without, or try again later."""
    from ..assembly import stamping

    built = [
        stamping.stamped_outside(base, authority=keys, at=at)
        for base in revisions.heads(envelope)
        if not revisions.is_stamped(base)
    ]
    found = [each for each in built if each is not None]
    if len(found) == len(built):
        keep_stamp(envelope, built=found, at=timezone.now())
        fault_point("after-late-stamp")
        return True
    with db.unit_of_work():
        once, later = _once(close_envelope, envelope.pk), at + ASK_AGAIN_AFTER
        enqueue(close_envelope, once=once, run_at=later, envelope_id=envelope.pk)
    return False


@job(queue="sealing")
def mend_stuck() -> None:
    """Order again, every half a minute, whatever ought to be done and is not."""
    at = timezone.now()
    before = at - STUCK_AFTER
    for envelope in revisions.unprepared(before=before):
        _order_again(prepare_envelope, envelope, at=at, envelope_id=envelope.pk)
    for act in revisions.unsealed(before=before):
        _order_again(seal_act, act.party.envelope, at=at, act_id=act.pk)
    for envelope in revisions.unclosed(before=before):
        _order_again(close_envelope, envelope, at=at, envelope_id=envelope.pk)
    if revisions.unaudited(before=before - AUDITED_AFTER, limit=1):
        with db.unit_of_work():
            enqueue(audit_completed, once="audit-completed")


@job(queue="sealing")
def keep_authority() -> None:
    """Have the authority ready before anybody signs, and its daily certificates fresh.

    It bears the installation's name, so it waits for set-up.
    """
    if Installation.here().set_up_at:
        authority.ready(at=timezone.now())


def _order_again(job: Job, envelope: Envelope, *, at: datetime, **ids: int) -> None:
    """Order the job; one that was given up gets another chance, and its sender is told."""
    given_up = [
        order.id for order in engine().parked() if order.name == job.name and order.ids == ids
    ]
    with db.unit_of_work():
        if given_up:
            engine().retry(given_up[0])
            keep_stuck(envelope, at=at)
        else:
            engine().enqueue(Order(job, ids, once=_once(job, *ids.values())))


def _once(job: Job, *ids: int) -> str:
    """One key for whoever orders it: what waits for its time already is not ordered earlier."""
    return "-".join(str(part) for part in (job.name, *ids))
