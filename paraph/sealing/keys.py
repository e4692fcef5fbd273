"""What signs: a private key in memory, by the algorithms that our signatures use. Knows no
certificate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from paraph.sealing import der

ECDSA_SHA256 = der.sequence(der.identifier("1.2.840.10045.4.3.2"))
RSA_SHA256 = der.sequence(der.identifier("1.2.840.113549.1.1.11"), der.NULL)

# The wrapping of two integers around an ECDSA signature.
WRAPPING = 16

Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Key(Protocol):
    """A private key, wherever it lies."""

    @property
    def algorithm(self) -> bytes:
        """The signature algorithm as DER."""

    @property
    def room(self) -> int:
        """Bytes that are always enough for one signature."""

    def sign(self, message: bytes) -> bytes:
        """Sign a message with SHA-256."""


@dataclass(frozen=True)
class SoftKey:
    """A key in memory: RSA as PKCS #1 v1.5, or ECDSA."""

    private: Private

    @property
    def algorithm(self) -> bytes:
        """The signature algorithm as DER."""
        return RSA_SHA256 if isinstance(self.private, rsa.RSAPrivateKey) else ECDSA_SHA256

    @property
    def room(self) -> int:
        """Bytes that are always enough for one signature."""
        octets = (self.private.key_size + 7) // 8
        return octets if isinstance(self.private, rsa.RSAPrivateKey) else 2 * octets + WRAPPING

    def sign(self, message: bytes) -> bytes:
        """Sign a message with SHA-256."""
        if isinstance(self.private, rsa.RSAPrivateKey):
            return self.private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return self.private.sign(message, ec.ECDSA(hashes.SHA256()))
