"""Keys that never leave their token: an HSM or a smart card, reached by PKCS#11."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, load_der_public_key
from django.conf import settings
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters

from paraph.sealing.company import CannotOpen, CompanyIdentity
from paraph.sealing.keys import ECDSA_SHA256, RSA_SHA256, WRAPPING

from .models import CompanySeal
from .refusals import SealUnusable

P256_BITS = 256
_turn = Lock()  # a process is logged in to its token once, whichever thread asked


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
        with _opened(self.label) as session:
            key = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self.label)
            return self._signed(key, message)

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


def seal_key(label: str) -> TokenKey:
    """The key with which the installation itself seals: P-256, as its own keys are."""
    return TokenKey(label, is_rsa=False, bits=P256_BITS)


def public_key(label: str) -> ec.EllipticCurvePublicKey:
    """Return the public half of the token's P-256 key of that label, made there where there is
    none yet; raises ``SealUnusable``.
    """
    with _opened(label, for_writing=True) as session:
        try:
            key = session.get_key(object_class=pkcs11.ObjectClass.PUBLIC_KEY, label=label)
        except pkcs11.NoSuchKey:
            key = _made(session, label)
        public = load_der_public_key(encode_ec_public_key(key))
    if not isinstance(public, ec.EllipticCurvePublicKey) or public.key_size != P256_BITS:
        raise SealUnusable(f"{label}: no P-256 key")
    return public


def _made(session: Any, label: str) -> Any:  # pkcs11.Session, pkcs11.PublicKey
    """Have the token make a pair of keys, whose private half it never gives away."""
    curve = {pkcs11.Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
    parameters = session.create_domain_parameters(pkcs11.KeyType.EC, curve, local=True)
    public, _private = parameters.generate_keypair(store=True, label=label)
    return public


@contextmanager
def _opened(label: str, *, for_writing: bool = False) -> Iterator[Any]:  # pkcs11.Session
    """Log in to the token, one thread at a time; what goes wrong there is ``SealUnusable``."""
    try:
        with _turn, _token().open(rw=for_writing, user_pin=settings.PKCS11_PIN or None) as session:
            yield session
    except (pkcs11.PKCS11Error, RuntimeError) as failure:  # which a missing module raises
        raise SealUnusable(f"{label}: {type(failure).__name__}") from failure


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
