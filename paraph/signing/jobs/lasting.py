"""The long run: fresh time stamps for completed documents, fresh answers about certificates, and
a look at the services outside."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from paraph.kit import db
from paraph.kit.faults import fault_point
from paraph.kit.jobs import enqueue, job
from paraph.sealing.declared import Revoked
from paraph.sealing.material import Material

from .. import authority, queries, revisions, seals
from ..actions.company_seals import keep_seal_material
from ..actions.sealing import keep_renewal
from ..actions.status_answers import keep_answers
from ..actions.time_sources import known_source
from ..assembly.building import Base
from ..lifecycle import Status
from ..models import AuthorityState, CompanySeal, Envelope, Stamping
from ..outside import clocks
from ..outside.fetching import material_of

MONTH = timedelta(days=30)
AT_ONCE = 500


@job(queue="sealing", priority=-5)
def renew_stamps() -> None:
    """Order a fresh time stamp for completed documents whose newest one ages."""
    if not AuthorityState.objects.exists():
        return
    keys = authority.ready(at=timezone.now())
    ours = keys.stamper.certificate.not_valid_after_utc
    soon = timezone.now() + settings.RENEW_MONTHS * MONTH
    aging = Stamping.objects.filter(is_completed=True, until__lt=min(soon, ours))
    for document_id in aging.order_by("until").values_list("document_id", flat=True)[:AT_ONCE]:
        with db.unit_of_work():
            enqueue(renew_stamp, once=f"renew-stamp-{document_id}", document_id=document_id)


@job(queue="sealing", priority=-5)
def renew_stamp(document_id: int) -> None:
    """Give a completed document a fresh time stamp, as a revision of its own, once."""
    from paraph.sealing.acts import NoTimeFieldLeft  # see ``sealing``

    from ..assembly import certifying, stamping

    at = timezone.now()
    keys, kept = authority.ready(at=at), Stamping.objects.get(document=document_id)
    if kept.until >= keys.stamper.certificate.not_valid_after_utc:
        return
    envelope = Envelope.objects.get(
        enclosures__document=document_id, status=Status.COMPLETED.value
    )
    base = Base(kept.document, queries.newest_revision(kept.document))
    try:
        built = stamping.renewed(base, authority=keys, at=at)
        certificate = certifying.renewed_certificate(base, authority=keys, at=at)
        built = certifying.following(built, certificate)
        fault_point("before-renewal")
        keep_renewal(envelope, built=built, certificate=certificate, at=timezone.now())
    except (revisions.HeadMoved, NoTimeFieldLeft):
        return  # another worker was faster, or every field that was prepared is used
    fault_point("after-renewal")


@job(queue="sealing")
def look_at_seal(seal_id: int) -> None:
    """Fetch what its issuer says of a company's certificate, for the files it will seal."""
    seal = CompanySeal.objects.get(pk=seal_id)
    if seal.removed_at is not None:
        return
    at, problem = timezone.now(), ""
    try:
        material = material_of(seals.chain_of(seal), at=at)
    except Revoked:
        material, problem = Material(), "revoked"
    if not material.is_complete and not problem:
        material = _better(Material.from_json(seal.material), material)
    keep_seal_material(seal, material=material, problem=problem, at=at)


@job
def look_around() -> None:
    """Look at every time-stamp service outside, and at the certificates of our companies."""
    at = timezone.now()
    for url in settings.TSA_URLS:
        clocks.look_at(known_source(url), at=at)
    for seal in CompanySeal.objects.in_use():
        with db.unit_of_work():
            enqueue(look_at_seal, once=f"look-at-seal-{seal.pk}", seal_id=seal.pk)


@job(queue="sealing")
def answer_for_certificates() -> None:
    """Keep fresh status answers at hand for the certificates that work every day."""
    if AuthorityState.objects.exists():
        at = timezone.now()
        keep_answers(_answers(at=at), at=at)


def _answers(*, at: datetime) -> dict[str, bytes]:
    """Answers that hold for a day, by serial number; also for certificates no longer used."""
    keys = authority.ready(at=at)
    return {
        f"{serial:040X}": keys.answer_for(serial, at=at) for serial in keys.serials_answered_for
    }


def _better(known: Material, fetched: Material) -> Material:
    """An older answer that still holds is better than none."""
    return known if known.is_complete else fetched
