"""Signed data (RFC 5652) as DER, signed over SHA-256: PAdES signatures and time-stamp tokens.
Everything but the digest is laid out before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Protocol

from cryptography import x509

from paraph.sealing import der
from paraph.sealing.keys import Key

SHA256 = der.sequence(der.identifier("2.16.840.1.101.3.4.2.1"))
DATA = der.identifier("1.2.840.113549.1.7.1")
SIGNED_DATA = der.identifier("1.2.840.113549.1.7.2")
CONTENT_TYPE = der.identifier("1.2.840.113549.1.9.3")
MESSAGE_DIGEST = der.identifier("1.2.840.113549.1.9.4")
SIGNING_CERTIFICATE_V2 = der.identifier("1.2.840.113549.1.9.16.2.47")
SIGNATURE_TIME_STAMP = der.identifier("1.2.840.113549.1.9.16.2.14")

# The attributes and the wrapping around the certificates.
OVERHEAD = 820

TimeStamper = Callable[[bytes], bytes]


class Identity(Key, Protocol):
    """A key together with the certificate that says whose it is."""

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate."""

    @property
    def der(self) -> bytes:
        """The certificate as DER."""


class Signer:
    """Builds signed data for digests, with one credential and the chain it is sent with."""

    def __init__(self, credential: Identity, *, chain: Sequence[bytes] = ()) -> None:
        self.credential = credential
        self.certificates = der.context(0, *sorted({credential.der, *chain}))

    @property
    def reserve(self) -> int:
        """Bytes that are always enough for one signature without a time stamp."""
        return len(self.certificates) + len(self._identity) * 2 + self.credential.room + OVERHEAD

    @cached_property
    def _identity(self) -> bytes:
        """Issuer and serial number."""
        certificate = self.credential.certificate
        issuer = certificate.issuer.public_bytes()
        return der.sequence(issuer, der.integer(certificate.serial_number))

    @cached_property
    def _signing_certificate(self) -> bytes:
        """ESSCertIDv2 (RFC 5816); SHA-256 is its default and therefore not named."""
        certificate = self.credential.certificate
        names = der.sequence(der.context(4, certificate.issuer.public_bytes()))
        issuer_serial = der.sequence(names, der.integer(certificate.serial_number))
        digest = der.octets(hashlib.sha256(self.credential.der).digest())
        ids = der.sequence(der.sequence(digest, issuer_serial))
        return attribute(SIGNING_CERTIFICATE_V2, der.sequence(ids))

    def sign(self, digest: bytes, *, time_stamp: TimeStamper | None = None) -> bytes:
        """A detached signature over a document whose SHA-256 is given.

        There is no signing-time attribute: PAdES keeps that time in the signature
        dictionary, and the proof of time is the stamp.
        """
        signed = self._signed_attributes(DATA, digest)
        signature = self.credential.sign(der.value(0x31, signed))
        stamps = b""
        if time_stamp is not None:
            token = time_stamp(hashlib.sha256(signature).digest())
            stamps = der.context(1, attribute(SIGNATURE_TIME_STAMP, token))
        info = self._signer_info(signed, signature, stamps)
        return self._content_info(1, der.sequence(DATA), self.certificates, info)

    def enclose(self, content: bytes, *, of: bytes, with_certificates: bool = True) -> bytes:
        """Signed data that carries its content, as a time-stamp token does."""
        signed = self._signed_attributes(of, hashlib.sha256(content).digest())
        signature = self.credential.sign(der.value(0x31, signed))
        enclosed = der.sequence(of, der.context(0, der.octets(content)))
        certificates = self.certificates if with_certificates else b""
        return self._content_info(3, enclosed, certificates, self._signer_info(signed, signature))

    def _signed_attributes(self, content_type: bytes, digest: bytes) -> bytes:
        attributes = (
            attribute(CONTENT_TYPE, content_type),
            attribute(MESSAGE_DIGEST, der.octets(digest)),
            self._signing_certificate,
        )
        return b"".join(sorted(attributes))

    def _signer_info(self, signed: bytes, signature: bytes, unsigned: bytes = b"") -> bytes:
        return der.sequence(
            der.integer(1),
            self._identity,
            SHA256,
            der.context(0, signed),
            self.credential.algorithm,
            der.octets(signature),
            unsigned,
        )

    @staticmethod
    def _content_info(version: int, enclosed: bytes, certificates: bytes, info: bytes) -> bytes:
        signed_data = der.sequence(
            der.integer(version),
            der.set_of(SHA256),
            enclosed,
            certificates,
            der.set_of(info),
        )
        return der.sequence(SIGNED_DATA, der.context(0, signed_data))


def attribute(kind: bytes, content: bytes) -> bytes:
    """An attribute with one value."""
    return der.sequence(kind, der.set_of(content))
