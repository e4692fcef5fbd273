"""A company of ours is given its own certificate, and has it taken away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from paraph import journal
from paraph.contacts.models import Company
from paraph.journal import Actor
from paraph.kit import db
from paraph.sealing.company import named
from paraph.sealing.material import Material

from .. import authority, seals
from ..models import CompanySeal
from ..seal_events import (
    CompanySealAdded,
    CompanySealRemoved,
)


@db.transaction
def add_company_seal(
    company: Company,
    *,
    chain: Sequence[x509.Certificate],
    secret: bytes | None,
    token_label: str = "",
    by: Actor,
    at: datetime,
) -> CompanySeal:
    """Let a company seal with this certificate; one that it had is not used any more.

    The key comes as a secret, or lies in a token under a label. It is encrypted here, while the
    master key cannot be replaced, so that no replacement overlooks it.
    """
    authority.hold()
    company.lock()
    for seal in CompanySeal.objects.in_use().filter(company=company):
        _remove(seal, by=by, at=at)
    own = chain[0]
    seal = CompanySeal.objects.create(
        company=company,
        certificate="".join(one.public_bytes(Encoding.PEM).decode() for one in chain),
        subject=named(own.subject)[:200],
        issuer=named(own.issuer)[:200],
        serial=f"{own.serial_number:X}",
        fingerprint=own.fingerprint(SHA256()).hex(),
        valid_from=own.not_valid_before_utc,
        valid_until=own.not_valid_after_utc,
        blob=None if secret is None else seals.encrypted(secret, company=company),
        token_label=token_label,
        added_at=at,
    )
    added = CompanySealAdded(
        company_id=company.pk, subject=seal.subject, fingerprint=seal.fingerprint
    )
    journal.record(added, by=by, at=at)
    return seal


@db.transaction
def remove_company_seal(seal: CompanySeal, *, by: Actor, at: datetime) -> None:
    """Use a company's certificate no more, and forget its key."""
    seal.lock()
    if seal.removed_at is None:
        _remove(seal, by=by, at=at)


@db.transaction
def keep_seal_material(
    seal: CompanySeal, *, material: Material, problem: str = "", at: datetime
) -> None:
    """Keep what the issuer says of a company's certificate, for the files it will seal."""
    seal.material, seal.problem, seal.looked_at = material.to_json(), problem[:300], at
    seal.save(update_fields=["material", "problem", "looked_at"])


@db.transaction_required
def _remove(seal: CompanySeal, *, by: Actor, at: datetime) -> None:
    seal.removed_at, seal.blob = at, None
    seal.save(update_fields=["removed_at", "blob"])
    removed = CompanySealRemoved(
        company_id=seal.company_id, subject=seal.subject, fingerprint=seal.fingerprint
    )
    journal.record(removed, by=by, at=at)
