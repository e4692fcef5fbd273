"""Keys that never leave their token: an HSM or a smart card, reached by PKCS#11."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from paraph.sealing.company import CannotOpen, CompanyIdentity
from paraph.sealing.keys import ECDSA_SHA256, RSA_SHA256, WRAPPING

from .models import CompanySeal
from .refusals import SealUnusable


def are_configured() -> bool:
    """Tell whether keys may lie in a token."""
    return bool(settings.PKCS11_MODULE and settings.PKCS11_TOKEN)


@dataclass(frozen=True)
class TokenKey:
    """A private key in the token, found by its label."""

    label: str
    is_rsa: bool
    bits: int

    @property
    def algorithm(self) -> bytes:
        """The signature algorithm as DER."""
        return RSA_SHA256 if self.is_rsa else ECDSA_SHA256

    @property
    def room(self) -> int:
        """Bytes that are always enough for one signature."""
        octets = (self.bits + 7) // 8
        return octets if self.is_rsa else 2 * octets + WRAPPING

    def sign(self, message: bytes) -> bytes:
        """Have the token sign a message with SHA-256; raises ``SealUnusable``."""
        try:
            with _token().open(user_pin=settings.PKCS11_PIN or None) as session:
                key = session.get_key(
                    object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self.label
                )
                return self._signed(key, message)
        except (pkcs11.PKCS11Error, RuntimeError) as failure:  # which a missing module raises
            raise SealUnusable(f"{self.label}: {type(failure).__name__}") from failure

    def _signed(self, key: Any, message: bytes) -> bytes:
        if self.is_rsa:
            mechanism = pkcs11.Mechanism.SHA256_RSA_PKCS
            return bytes(key.sign(message, mechanism=mechanism))
        # Many tokens sign only a digest by ECDSA, and answer with two plain numbers.
        digest = hashlib.sha256(message).digest()
        raw = bytes(key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA))
        half = len(raw) // 2
        return encode_dss_signature(
            int.from_bytes(raw[:half], "big"), int.from_bytes(raw[half:], "big")
        )


def identity_of(seal: CompanySeal) -> CompanyIdentity:
    """Return a company's certificate with its key in the token."""
    own, *above = x509.load_pem_x509_certificates(seal.certificate.encode())
    public: Any = own.public_key()  # RSA or EC: nothing else was taken
    key = TokenKey(seal.token_label, isinstance(public, RSAPublicKey), public.key_size)
    chain = tuple(_der(one) for one in above)
    return CompanyIdentity(key, own, chain)


def _der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


@cache
def _library(module: str) -> Any:  # pkcs11.lib, which has no types
    return pkcs11.lib(module)


def _token() -> Any:  # pkcs11.Token
    """Find the token; one that was put in since the library looked is found at a second look."""
    library = _library(settings.PKCS11_MODULE)
    try:
        return library.get_token(token_label=settings.PKCS11_TOKEN)
    except pkcs11.NoSuchToken:
        library.reinitialize()
        return library.get_token(token_label=settings.PKCS11_TOKEN)


def refuse_stranger(certificate: x509.Certificate, *, label: str) -> None:
    """Raise ``CannotOpen`` unless the token's key of that label belongs to the certificate."""
    public: Any = certificate.public_key()
    key = TokenKey(label, isinstance(public, RSAPublicKey), public.key_size)
    message = b"whose key is this"
    try:
        signature = key.sign(message)
        if key.is_rsa:
            public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
        else:
            public.verify(signature, message, ec.ECDSA(hashes.SHA256()))
    except (SealUnusable, InvalidSignature) as reason:
        raise CannotOpen("not-in-token") from reason
