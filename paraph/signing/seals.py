"""The seals of our companies: kept encrypted, opened by the worker alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.serialization import Encoding
from django.utils.translation import gettext as _
from django.utils.translation import override

from paraph.contacts.models import Company
from paraph.kit import sandbox
from paraph.kit.keys import locked, master_keys, unlocked
from paraph.sealing import company
from paraph.sealing.company import CannotOpen, CompanyIdentity, CompanyMark
from paraph.sealing.isolation import IsolationFailed, Limits, isolated
from paraph.sealing.material import Material

from .models import CompanySeal, Party
from .refusals import SealUnusable

PURPOSE = "company seals"
LARGEST = 256 * 1024
LIMITS = Limits(memory_mib=256, cpu_seconds=10, wall_seconds=15)
TASK = "paraph.sealing.company:described"
TASK_ALONE = "paraph.sealing.company:described_alone"


def sealing_for(party: Party, *, at: datetime) -> CompanySeal | None:
    """Return the seal that goes with a party's act: of our company, for our own signer."""
    if not party.is_ours or party.company_id is None:
        return None
    kept = CompanySeal.objects.in_use().filter(company=party.company_id).first()
    return kept if kept and kept.is_usable(at=at) else None


def described(content: bytes, password: str, *, at: datetime) -> list[x509.Certificate]:
    """Have a certificate file opened in a child process; raises ``CannotOpen``."""
    return _told(TASK, [content, password.encode()], at=at)


def described_alone(content: bytes, *, at: datetime) -> list[x509.Certificate]:
    """Have certificates without a key read in a child process; raises ``CannotOpen``."""
    return _told(TASK_ALONE, [content], at=at)


def _told(task: str, blobs: Sequence[bytes], *, at: datetime) -> list[x509.Certificate]:
    if len(blobs[0]) > LARGEST:
        raise CannotOpen("not-pkcs12")
    try:
        answer = isolated(
            task,
            blobs=blobs,
            arguments={"at": at.isoformat()},
            limits=LIMITS,
            walls=sandbox.walls(),
        )
    except (IsolationFailed, sandbox.SandboxUnusable):
        raise CannotOpen("not-pkcs12") from None
    if "refused" in answer:
        raise CannotOpen(str(answer["refused"]))
    return [x509.load_pem_x509_certificate(pem.encode()) for pem in answer["chain"]]


def secret_of(content: bytes, password: str) -> bytes:
    """Return the file with its password in one, for nobody to keep as it is."""
    return json.dumps({"file": content.hex(), "password": password}).encode()


def encrypted(secret: bytes, *, company: Company) -> bytes:
    """Return the secret as a row may keep it, readable for this company's seal alone."""
    return locked(secret, purpose=PURPOSE, about=str(company.pk))


def identity_of(seal: CompanySeal) -> CompanyIdentity:
    """Open a seal's key; raises ``SealUnusable``."""
    if seal.is_in_token:
        from . import tokens  # only here: few installations have one

        return tokens.identity_of(seal)
    try:
        return _opened(bytes(seal.blob or b""), seal.company_id, *master_keys())
    except (InvalidTag, CannotOpen, ValueError, KeyError) as reason:
        raise SealUnusable(seal.subject) from reason


@lru_cache(maxsize=8)
def _opened(blob: bytes, company_id: int, *_keys: bytes) -> CompanyIdentity:
    """Open the file once for many acts: to check an RSA key takes longer than to sign with it."""
    told = json.loads(unlocked(blob, purpose=PURPOSE, about=str(company_id)))
    return company.opened(bytes.fromhex(told["file"]), told["password"])


def mark_of(seal: CompanySeal, *, party: Party) -> CompanyMark:
    """Return the seal as it goes beside a party's act."""
    with override(party.language):
        reason = _("Electronic seal of %(company)s") % {"company": seal.company.name}
    material = Material.from_json(seal.material)
    return CompanyMark(party.key, identity_of(seal), material, reason)


def chain_of(seal: CompanySeal) -> list[bytes]:
    """Return the seal's certificate and those above it, as DER."""
    found = x509.load_pem_x509_certificates(seal.certificate.encode())
    return [one.public_bytes(Encoding.DER) for one in found]
