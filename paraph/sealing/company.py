"""A company's own certificate: how its file (PKCS #12) is opened, and what must hold so that it
can seal. Opens foreign files: call ``described`` in a child process only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID

from paraph.sealing.keys import Key, SoftKey
from paraph.sealing.material import NOTHING, Material

LEAST_RSA_BITS = 2048
LEAST_EC_BITS = 256
LONGEST_CHAIN = 10


class CannotOpen(ValueError):
    """The file holds no key and certificate to be used; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class CompanyIdentity:
    """A key with its certificate, and the certificates above it."""

    key: Key
    certificate: x509.Certificate
    chain: tuple[bytes, ...] = ()

    @property
    def algorithm(self) -> bytes:
        """The signature algorithm as DER."""
        return self.key.algorithm

    @property
    def room(self) -> int:
        """Bytes that are always enough for one signature."""
        return self.key.room

    @property
    def der(self) -> bytes:
        """The certificate as DER."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def name(self) -> str:
        """Whose certificate it is."""
        return named(self.certificate.subject)

    def sign(self, message: bytes) -> bytes:
        """Sign a message with SHA-256."""
        return self.key.sign(message)

    def is_valid(self, *, at: datetime) -> bool:
        """Whether the certificate holds at this moment."""
        certificate = self.certificate
        return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


@dataclass(frozen=True)
class CompanyMark:
    """A company's seal for one act of one party."""

    party: str
    identity: CompanyIdentity
    material: Material = NOTHING
    reason: str = ""


def opened(content: bytes, password: str) -> CompanyIdentity:
    """Open a PKCS #12 file; raises ``CannotOpen``."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(
            content, password.encode() or None
        )
    except ValueError as refused:
        raise CannotOpen("wrong-password" if _is_container(content) else "not-pkcs12") from refused
    if key is None or certificate is None:
        raise CannotOpen("no-key")
    if not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise CannotOpen("weak-key")
    return CompanyIdentity(SoftKey(key), certificate, chained(certificate, others))


def described(content: bytes, password: bytes, *, at: str) -> dict[str, Any]:  # JSON
    """Open and judge the file as the child process does: what it is, or why it cannot be used."""
    try:
        identity = opened(content, password.decode())
        refuse(identity.certificate, at=datetime.fromisoformat(at))
    except CannotOpen as refused:
        return {"refused": refused.code}
    return {"chain": [identity.certificate.public_bytes(Encoding.PEM).decode(), *_pem(identity)]}


def described_alone(content: bytes, *, at: str) -> dict[str, Any]:  # JSON
    """Read and judge certificates without a key as the child process does, the first one."""
    try:
        chain = x509.load_pem_x509_certificates(content)
        refuse(chain[0], at=datetime.fromisoformat(at))
    except CannotOpen as refused:
        return {"refused": refused.code}
    except ValueError:
        return {"refused": "no-certificate"}
    return {"chain": [one.public_bytes(Encoding.PEM).decode() for one in chain[:LONGEST_CHAIN]]}


def refuse(certificate: x509.Certificate, *, at: datetime) -> None:
    """Raise ``CannotOpen`` unless the certificate may seal now."""
    if not _is_strong(certificate):
        raise CannotOpen("weak-key")
    if certificate.not_valid_before_utc > at:
        raise CannotOpen("not-yet-valid")
    if certificate.not_valid_after_utc <= at:
        raise CannotOpen("expired")
    if not _may_sign(certificate):
        raise CannotOpen("not-for-signing")


def chained(
    certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> tuple[bytes, ...]:
    """The certificates above this one, as far as they are among the others."""
    return tuple(above.public_bytes(Encoding.DER) for above in _above(certificate, others))


def named(name: x509.Name) -> str:
    """How people call whoever has this name."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(kind):
            return str(found[0].value)
    return name.rfc4514_string()


def _above(
    certificate: x509.Certificate, others: Sequence[x509.Certificate]
) -> Iterator[x509.Certificate]:
    for _step in range(LONGEST_CHAIN):
        issuers = [one for one in others if one != certificate and _issued(one, certificate)]
        if not issuers or certificate.issuer == certificate.subject:
            return
        certificate = issuers[0]
        yield certificate


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # of another name, another key, or of a kind nobody knows
        return False
    return True


def _is_strong(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= LEAST_RSA_BITS
    return isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= LEAST_EC_BITS


def _may_sign(certificate: x509.Certificate) -> bool:
    """Without a stated usage everything is allowed (RFC 5280); an authority does not seal."""
    usage = _extension(certificate, x509.KeyUsage)
    basic = _extension(certificate, x509.BasicConstraints)
    is_authority = basic is not None and basic.ca
    return not is_authority and (
        usage is None or usage.digital_signature or usage.content_commitment
    )


def _extension(certificate: x509.Certificate, kind: Any) -> Any:  # the types of x509 vary
    try:
        return certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return None


def _is_container(content: bytes) -> bool:
    """Whether it looks like PKCS #12: a sequence that begins with version 3."""
    return content[:1] == b"\x30" and b"\x02\x01\x03" in content[:12]


def _pem(identity: CompanyIdentity) -> list[str]:
    return [
        x509.load_der_x509_certificate(one).public_bytes(Encoding.PEM).decode()
        for one in identity.chain
    ]
