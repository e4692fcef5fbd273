"""A private key with its certificate, and the profiles by which our certificates are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    ObjectIdentifier,
)

from paraph.sealing.keys import ECDSA_SHA256, WRAPPING, Key

Extensions = list[tuple[x509.ExtensionType, bool]]

# UUID-based identifiers (ITU-T X.667) need no registration and are nobody else's.
LEAF_POLICY = "2.25.59113748210734829437562113809417265101"
SEAL_POLICY = "2.25.59113748210734829437562113809417265102"
TIME_STAMP_POLICY = "2.25.59113748210734829437562113809417265103"

DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
NAME_LIMIT = 64


class KeyKeptApart(Exception):
    """The key was taken out of the installation; it has to be put back for this."""


@dataclass(frozen=True)
class Credential:
    """A P-256 key and the certificate that says whose it is.

    The root's key may be elsewhere; the seal's may lie in a token, which then signs.
    """

    key: ec.EllipticCurvePrivateKey | None
    certificate: x509.Certificate
    token: Key | None = None
    algorithm = ECDSA_SHA256
    room = 64 + WRAPPING

    @property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """The key; raises ``KeyKeptApart``."""
        if self.key is None:
            raise KeyKeptApart(self.name)
        return self.key

    def sign(self, message: bytes) -> bytes:
        """Sign a message with SHA-256."""
        if self.token is not None:
            return self.token.sign(message)
        return self.private.sign(message, ec.ECDSA(hashes.SHA256()))

    @cached_property
    def der(self) -> bytes:
        """The certificate as DER."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @cached_property
    def pem(self) -> bytes:
        """The certificate as PEM."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def name(self) -> str:
        """Whose certificate it is."""
        named = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(named[0].value)

    @property
    def public(self) -> ec.EllipticCurvePublicKey:
        """The public key."""
        return cast(ec.EllipticCurvePublicKey, self.certificate.public_key())

    @cached_property
    def key_identifier(self) -> bytes:
        """SHA-1 of the public key, by which certificates and status answers name it."""
        return x509.SubjectKeyIdentifier.from_public_key(self.public).digest

    @cached_property
    def authority_key_identifier(self) -> x509.AuthorityKeyIdentifier:
        """How certificates issued with this credential point back to it."""
        return x509.AuthorityKeyIdentifier(self.key_identifier, None, None)

    def is_valid(self, *, at: datetime) -> bool:
        """Whether the certificate holds at this moment; its own bounds are whole seconds."""
        since, until = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        return since <= at <= until

    def is_aging(self, *, at: datetime, after: timedelta) -> bool:
        """Whether the certificate was made longer ago than this."""
        return at - self.certificate.not_valid_before_utc > after


@dataclass(frozen=True)
class Request:
    """What a new certificate shall say; without an issuer it signs itself."""

    subject: x509.Name
    serial: int
    since: datetime
    until: datetime
    extensions: Extensions


def issue(request: Request, *, issuer: Credential | None) -> Credential:
    """Make a fresh P-256 key and its certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    if issuer is not None:
        return Credential(key, certified(request, key.public_key(), issuer=issuer))
    builder = _builder(request, key.public_key(), issuer=request.subject)
    return Credential(key, _extended(builder, request).sign(key, hashes.SHA256()))


def certified(
    request: Request, public: ec.EllipticCurvePublicKey, *, issuer: Credential
) -> x509.Certificate:
    """Make a certificate for a key that lies elsewhere."""
    builder = _builder(request, public, issuer=issuer.certificate.subject)
    builder = builder.add_extension(issuer.authority_key_identifier, critical=False)
    return _extended(builder, request).sign(issuer.private, hashes.SHA256())


def _builder(
    request: Request, public: ec.EllipticCurvePublicKey, *, issuer: x509.Name
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(request.subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(request.serial)
        .not_valid_before(request.since)
        .not_valid_after(request.until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _extended(builder: x509.CertificateBuilder, request: Request) -> x509.CertificateBuilder:
    for extension, critical in request.extensions:
        builder = builder.add_extension(extension, critical=critical)
    return builder


def person(name: str, *, organisation: str = "") -> x509.Name:
    """A distinguished name; X.520 allows 64 characters for each part."""
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name.strip()[:NAME_LIMIT] or "-")]
    if organisation:
        held_by = organisation.strip()[:NAME_LIMIT] or "-"
        parts.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, held_by))
    return x509.Name(parts)


def certifier(*, path_length: int | None) -> Extensions:
    """A certificate authority."""
    return [
        (x509.BasicConstraints(ca=True, path_length=path_length), True),
        (_key_usage(key_cert_sign=True, crl_sign=True), True),
    ]


def issuing_certifier(base_url: str) -> Extensions:
    """The authority below the root: any policy, and where the root says it is still good."""
    place = x509.UniformResourceIdentifier(f"{base_url}/pki/root.crl")
    any_policy = x509.PolicyInformation(ObjectIdentifier("2.5.29.32.0"), None)
    return [
        *certifier(path_length=0),
        (x509.CertificatePolicies([any_policy]), False),
        (x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)]), False),
    ]


def document_signer(base_url: str, *, policy: str, email: str = "") -> Extensions:
    """A person's certificate for one act, or the installation's seal.

    pdfsig trusts nothing without emailProtection.
    """
    purposes = [DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]
    extensions: Extensions = [
        *_end_entity(_key_usage(digital_signature=True, content_commitment=True)),
        (x509.ExtendedKeyUsage(purposes), False),
        (_policy(policy), False),
        (_where_to_ask(base_url), False),
    ]
    # RFC 5280 allows only ASCII in an rfc822Name; another address stays out of it.
    if email and email.isascii():
        extensions.append((x509.SubjectAlternativeName([x509.RFC822Name(email)]), False))
    return extensions


def time_stamper(base_url: str) -> Extensions:
    """RFC 3161 wants its purpose critical and alone."""
    return [
        *_end_entity(_key_usage(digital_signature=True, content_commitment=True)),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
        (_where_to_ask(base_url), False),
    ]


def status_responder() -> Extensions:
    """Answers for certificates, and is not asked about itself."""
    return [
        *_end_entity(_key_usage(digital_signature=True)),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False),
        (x509.OCSPNoCheck(), False),
    ]


def is_seal(certificate: x509.Certificate) -> bool:
    """Tell whether it is one that an installation seals with."""
    policy = _policy(SEAL_POLICY)
    return any(each.value == policy for each in certificate.extensions)


def _end_entity(usage: x509.KeyUsage) -> Extensions:
    return [(x509.BasicConstraints(ca=False, path_length=None), True), (usage, True)]


def _policy(dotted: str) -> x509.CertificatePolicies:
    return x509.CertificatePolicies([x509.PolicyInformation(ObjectIdentifier(dotted), None)])


def _where_to_ask(base_url: str) -> x509.AuthorityInformationAccess:
    places: Sequence[tuple[ObjectIdentifier, str]] = (
        (AuthorityInformationAccessOID.OCSP, f"{base_url}/pki/ocsp"),
        (AuthorityInformationAccessOID.CA_ISSUERS, f"{base_url}/pki/issuing.cer"),
    )
    return x509.AuthorityInformationAccess(
        [
            x509.AccessDescription(method, x509.UniformResourceIdentifier(place))
            for method, place in places
        ]
    )


def _key_usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
