"""The installation's certificate authority, kept encrypted. Only the worker opens its keys;
web processes read the public certificates."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from paraph import journal
from paraph.kit import db
from paraph.kit.keys import master_key, master_keys
from paraph.kit.prepared import Prepared
from paraph.people.models import Installation
from paraph.sealing.authority import NAMES, Authority, CannotUnlock

from .models import AuthorityState
from .seal_events import AuthorityKept

THE_ONE = 1
_STATE = Prepared(lambda: AuthorityState.objects.filter(pk=THE_ONE))


def ready(*, at: datetime) -> Authority:
    """Return the authority with its keys: made at the first call, renewed when it ages."""
    state = _STATE.first() or ensure_authority(at=at)
    authority = opened(bytes(state.blob))
    if authority.renewed(at) is authority:
        return authority
    return opened(bytes(renew_authority(at=at).blob))


@db.transaction
def ensure_authority(*, at: datetime) -> AuthorityState:
    """Make the authority where there is none yet; two first starts agree on one."""
    name = Installation.here().name or "Paraph"
    if Installation.here().is_trial:
        name = f"{name} TRIAL"
    authority = Authority.create(name, base_url=settings.PARAPH_URL, at=at)
    state, is_new = AuthorityState.objects.get_or_create(
        pk=THE_ONE, defaults={**_columns(authority), "created_at": at}
    )
    if is_new:
        _record(authority, at=at)
    return state


@db.transaction
def renew_authority(*, at: datetime) -> AuthorityState:
    """Replace the certificates that age, unless another worker just did."""
    state = AuthorityState.objects.select_for_update().get(pk=THE_ONE)
    current = opened(bytes(state.blob))
    renewed = current.renewed(at)
    if renewed is not current:
        _write(state, renewed, at=at)
    return state


@db.transaction
def replace_authority(change: Callable[[Authority], Authority], *, at: datetime) -> Authority:
    """Keep a changed authority: other certificates, or its root's key taken out or put back."""
    state = AuthorityState.objects.select_for_update().get(pk=THE_ONE)
    changed = change(opened(bytes(state.blob)))
    _write(state, changed, at=at)
    return changed


@db.transaction_required
def hold() -> AuthorityState | None:
    """Keep the master key from being replaced until the open transaction has ended."""
    return AuthorityState.objects.select_for_update().filter(pk=THE_ONE).first()


@db.transaction_required
def encrypt_anew() -> None:
    """Encrypt the keys under the newest master key."""
    state = hold()
    if state is None:
        return
    state.blob = opened(bytes(state.blob)).dump(master_key())
    state.save(update_fields=["blob"])


def certificates() -> list[bytes]:
    """Return every certificate of the installation as PEM, the root first."""
    state = AuthorityState.objects.filter(pk=THE_ONE).only("certificates").first()
    if state is None:
        return []
    found = x509.load_pem_x509_certificates(state.certificates.encode())
    return [certificate.public_bytes(Encoding.PEM) for certificate in found]


def roots() -> list[bytes]:
    """Return what to trust as known here: the root certificate as PEM."""
    return certificates()[:1]


def public(name: str) -> bytes | None:
    """Return the certificate of that name as DER; nothing before the first start."""
    known = certificates()
    if len(known) < len(NAMES):
        return None
    return x509.load_pem_x509_certificate(known[NAMES.index(name)]).public_bytes(Encoding.DER)


def revocation_list() -> bytes | None:
    """Return the root's revocation list as DER; nothing before the first start."""
    state = AuthorityState.objects.filter(pk=THE_ONE).only("revocation_list").first()
    return bytes(state.revocation_list) if state else None


def opened(blob: bytes) -> Authority:
    """Return the authority with its keys; raises ``CannotUnlock`` under another master key."""
    keys = master_keys()
    for key in keys[:-1]:
        with suppress(CannotUnlock):
            return _opened(blob, key)
    return _opened(blob, keys[-1])


@lru_cache(maxsize=2)
def _opened(blob: bytes, key: bytes) -> Authority:
    authority = Authority.load(blob, key)
    if not authority.seal_label:
        return authority
    from . import tokens  # only here: few installations have one

    return authority.reaching(tokens.seal_key(authority.seal_label))


@db.transaction_required
def _write(state: AuthorityState, authority: Authority, *, at: datetime) -> None:
    for column, content in _columns(authority).items():
        setattr(state, column, content)
    state.save(update_fields=["blob", "certificates", "revocation_list"])
    _record(authority, at=at)


def _columns(authority: Authority) -> dict[str, bytes | str]:
    return {
        "blob": authority.dump(master_key()),
        "certificates": authority.certificates.decode(),
        "revocation_list": authority.lasting_crl,
    }


@db.transaction_required
def _record(authority: Authority, *, at: datetime) -> None:
    fingerprint = sha256(authority.root.der).hexdigest()
    journal.record(AuthorityKept(fingerprint=fingerprint), by=journal.SYSTEM, at=at)
