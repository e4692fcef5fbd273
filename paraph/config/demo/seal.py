"""The demo company's own certificate, by a trust centre that exists in this demo alone."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from paraph.sealing.material import Material
from paraph.signing import certificates
from paraph.signing.actions.company_seals import add_company_seal, keep_seal_material

from .staff import Staff

CENTRE = "Demo Trust Centre (TRIAL)"
LIFE = timedelta(days=3 * 365)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TrustCentre:
    """Issues one certificate, and says that nothing is revoked."""

    key: ec.EllipticCurvePrivateKey
    root: x509.Certificate


def give(staff: Staff, *, at: datetime) -> None:
    """Let the demo company seal with a certificate of its own, as a buyer of one would."""
    centre, password = _centre(at=at), secrets.token_urlsafe(12)
    content = _container(centre, staff.company.legal_name, password=password, at=at)
    given = certificates.from_file(content, password, at=at)
    by = staff.administrator.actor
    seal = add_company_seal(staff.company, chain=given.chain, secret=given.secret, by=by, at=at)
    chain = tuple(one.public_bytes(Encoding.DER) for one in given.chain)
    material = Material(chain, lists=(_list(centre, at=at),))
    keep_seal_material(seal, material=material, at=at)


def _centre(*, at: datetime) -> TrustCentre:
    key = ec.generate_private_key(ec.SECP256R1())
    usage = _usage(key_cert_sign=True, crl_sign=True)
    made = _builder(CENTRE, key.public_key(), usage=usage, centre=key, at=at)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return TrustCentre(key, made.sign(key, hashes.SHA256()))


def _container(centre: TrustCentre, name: str, *, password: str, at: datetime) -> bytes:
    """A PKCS #12 file, as a trust centre sends it."""
    key = ec.generate_private_key(ec.SECP256R1())
    usage = _usage(digital_signature=True, content_commitment=True)
    made = _builder(name, key.public_key(), usage=usage, centre=centre.key, at=at)
    certificate = made.sign(centre.key, hashes.SHA256())
    encryption = BestAvailableEncryption(password.encode())
    return pkcs12.serialize_key_and_certificates(
        name.encode(), key, certificate, [centre.root], encryption
    )


def _builder(
    name: str,
    public: ec.EllipticCurvePublicKey,
    *,
    usage: x509.KeyUsage,
    centre: ec.EllipticCurvePrivateKey,
    at: datetime,
) -> x509.CertificateBuilder:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(centre.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(CENTRE))
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - A_DAY)
        .not_valid_after(at + LIFE)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issuer, critical=False)
        .add_extension(usage, critical=True)
    )


def _list(centre: TrustCentre, *, at: datetime) -> bytes:
    """A revocation list that is empty, and stays so as long as the certificate lives."""
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(centre.key.public_key())
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(_named(CENTRE))
        .last_update(at - A_DAY)
        .next_update(at + LIFE)
        .add_extension(issuer, critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    return made.sign(centre.key, hashes.SHA256()).public_bytes(Encoding.DER)


def _named(name: str) -> x509.Name:
    """An organisation is named like itself: so validators know a seal from a signature."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _usage(**said: bool) -> x509.KeyUsage:
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: said.get(name, False) for name in every})
