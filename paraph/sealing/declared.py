"""What a certificate declares about where its status is told, and the look at what was fetched
from there. Fetches nothing itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access
from cryptography.x509.oid import ObjectIdentifier


class Revoked(Exception):
    """Its issuer says that the certificate is revoked."""


class NoAnswer(ValueError):
    """What came back tells nothing about the certificate."""


def responders(certificate: x509.Certificate) -> list[str]:
    """Where status questions (OCSP) are answered."""
    return _access(certificate, Access.OCSP)


def issuers(certificate: x509.Certificate) -> list[str]:
    """Where the issuer's certificate lies."""
    return _access(certificate, Access.CA_ISSUERS)


def lists(certificate: x509.Certificate) -> list[str]:
    """Where the revocation list lies."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return []
    names = [name for point in found for name in point.full_name or ()]
    return [name.value for name in names if _is_address(name)]


def question(certificate: x509.Certificate, *, issuer: x509.Certificate) -> bytes:
    """A status request as DER, identified by SHA-1 as every responder expects."""
    builder = ocsp.OCSPRequestBuilder()
    # An identifier, not a proof: nothing rests on SHA-1's strength here.
    return (
        builder.add_certificate(certificate, issuer, SHA1())  # noqa: S303
        .build()
        .public_bytes(Encoding.DER)
    )


def read_response(content: bytes, *, certificate: x509.Certificate, at: datetime) -> bytes:
    """The response, if it says that the certificate is good; raises ``Revoked``, ``NoAnswer``."""
    try:
        response = ocsp.load_der_ocsp_response(content)
        is_about = response.serial_number == certificate.serial_number
        status, until = response.certificate_status, response.next_update_utc
    except ValueError as broken:
        raise NoAnswer("The responder's answer cannot be read.") from broken
    if is_about and status is ocsp.OCSPCertStatus.REVOKED:
        raise Revoked(certificate.subject.rfc4514_string())
    if not is_about or status is not ocsp.OCSPCertStatus.GOOD or (until and until < at):
        raise NoAnswer("The responder does not know the certificate.")
    return content


def read_list(
    content: bytes, *, certificate: x509.Certificate, issuer: x509.Certificate, at: datetime
) -> bytes:
    """The list as DER, if it does not name the certificate; raises ``Revoked``, ``NoAnswer``."""
    try:
        found = _list_from(content)
        is_whole = found.issuer == issuer.subject and found.is_signature_valid(_key(issuer))
    except (ValueError, TypeError) as broken:
        raise NoAnswer("The list cannot be read.") from broken
    if not is_whole or (found.next_update_utc and found.next_update_utc < at):
        raise NoAnswer("The list is of another issuer, or too old.")
    if found.get_revoked_certificate_by_serial_number(certificate.serial_number):
        raise Revoked(certificate.subject.rfc4514_string())
    return found.public_bytes(Encoding.DER)


def read_certificate(content: bytes) -> x509.Certificate:
    """A certificate as DER or PEM; raises ``NoAnswer``."""
    try:
        if content.startswith(b"-----"):
            return x509.load_pem_x509_certificate(content)
        return x509.load_der_x509_certificate(content)
    except ValueError as broken:
        raise NoAnswer("This is not a certificate.") from broken


def _list_from(content: bytes) -> x509.CertificateRevocationList:
    if content.startswith(b"-----"):
        return x509.load_pem_x509_crl(content)
    return x509.load_der_x509_crl(content)


def _key(issuer: x509.Certificate) -> Any:  # keys of kinds that sign no list are refused there
    return issuer.public_key()


def _access(certificate: x509.Certificate, method: ObjectIdentifier) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess)
    except x509.ExtensionNotFound:
        return []
    places = [each.access_location for each in found.value if each.access_method == method]
    return [place.value for place in places if _is_address(place)]


def _is_address(name: x509.GeneralName) -> bool:
    is_named = isinstance(name, x509.UniformResourceIdentifier)
    return is_named and name.value.startswith(("http://", "https://"))
