"""The certificates that an installation is founded on: what each says, and how long it lives."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from paraph.sealing import credentials
from paraph.sealing.credentials import Credential, Request
from paraph.sealing.serials import new_serial

YEAR = timedelta(days=365)
ROOT_LIFE = 30 * YEAR
ISSUING_LIFE = 25 * YEAR
# What is embedded in a file must be checkable from the file alone for years, so credentials
# live long; each is replaced after a year of use, which bounds what a lost key can reach.
CREDENTIAL_LIFE = 12 * YEAR


def root_credential(name: str, at: datetime) -> Credential:
    """What everything else leads to."""
    request = Request(
        credentials.person(f"{name} Root", organisation=name),
        x509.random_serial_number(),
        at,
        at + ROOT_LIFE,
        credentials.certifier(path_length=1),
    )
    return credentials.issue(request, issuer=None)


def issuing_credential(name: str, base_url: str, root: Credential, at: datetime) -> Credential:
    """What issues every day; raises ``KeyKeptApart``."""
    request = Request(
        credentials.person(f"{name} Issuing", organisation=name),
        x509.random_serial_number(),
        at,
        min(at + ISSUING_LIFE, root.certificate.not_valid_after_utc),
        credentials.issuing_certifier(base_url),
    )
    return credentials.issue(request, issuer=root)


class Founder:
    """Makes the credentials that work every day, below one issuing authority."""

    def __init__(
        self, name: str, *, base_url: str, serial_key: bytes, issuing: Credential, at: datetime
    ) -> None:
        self._name, self._base_url, self._serial_key = name, base_url, serial_key
        self._issuing, self._at = issuing, at

    def seal(self, key: ec.EllipticCurvePublicKey | None = None) -> Credential:
        """The installation's seal: over a fresh key, or over one that lies in a token."""
        extensions = credentials.document_signer(self._base_url, policy=credentials.SEAL_POLICY)
        request = self._request("Seal", extensions)
        if key is None:
            return credentials.issue(request, issuer=self._issuing)
        return Credential(None, credentials.certified(request, key, issuer=self._issuing))

    def responder(self) -> Credential:
        """What answers for certificates."""
        request = self._request("Status", credentials.status_responder())
        return credentials.issue(request, issuer=self._issuing)

    def stamper(self) -> Credential:
        """What stamps times."""
        request = self._request("Time Stamps", credentials.time_stamper(self._base_url))
        return credentials.issue(request, issuer=self._issuing)

    def _request(self, title: str, extensions: credentials.Extensions) -> Request:
        subject = credentials.person(f"{self._name} {title}", organisation=self._name)
        until = min(self._at + CREDENTIAL_LIFE, self._issuing.certificate.not_valid_after_utc)
        return Request(subject, new_serial(self._serial_key), self._at, until, extensions)


def lasting_list(root: Credential, issuing: Credential) -> bytes:
    """The root's list as files keep it: it holds as long as the issuing certificate."""
    certificate = issuing.certificate
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    return revocation_list(root, since, until=until)


def revocation_list(root: Credential, since: datetime, *, until: datetime) -> bytes:
    """The root's revocation list as DER: nothing of it was ever taken back."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(since)
        .next_update(until)
        .add_extension(x509.CRLNumber(int(since.timestamp())), critical=False)
        .add_extension(root.authority_key_identifier, critical=False)
    )
    return builder.sign(root.private, hashes.SHA256()).public_bytes(serialization.Encoding.DER)
