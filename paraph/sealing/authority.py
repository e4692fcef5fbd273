"""The installation's own certificate authority: it makes certificates for single acts, keeps
the installation's seal, and answers for what it issued."""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from paraph.sealing import credentials, status
from paraph.sealing.credentials import Credential, Request
from paraph.sealing.status import Answer, Status, Subject

YEAR = timedelta(days=365)
ROOT_LIFE = 30 * YEAR
ISSUING_LIFE = 25 * YEAR
# What is embedded in a file must be checkable from the file alone for years, so credentials
# live long; each is replaced after a year of use, which bounds what a lost key can reach.
CREDENTIAL_LIFE = 12 * YEAR
RENEWED_AFTER = YEAR
LEAF_LIFE = timedelta(minutes=15)
ANSWER_LIFE = timedelta(days=1)
LIST_LIFE = YEAR

CONTEXT = b"paraph authority 1"
NAMES = ("root", "issuing", "seal", "responder", "stamper")


class CannotUnlock(Exception):
    """The master key does not open these keys."""


# Compared by identity, so that what is derived from it can be kept beside it.
@dataclass(frozen=True, eq=False)
class Authority:
    """Root, issuing authority, and the three credentials that work every day."""

    name: str
    base_url: str
    serial_key: bytes
    root: Credential
    issuing: Credential
    seal: Credential
    responder: Credential
    stamper: Credential
    retired: tuple[bytes, ...] = ()

    @classmethod
    def create(cls, name: str, *, base_url: str, at: datetime) -> Authority:
        """Make everything anew, for one installation."""
        at, base_url = _whole_seconds(at), base_url.rstrip("/")
        serial_key = secrets.token_bytes(32)
        root = credentials.issue(
            Request(
                credentials.person(f"{name} Root", organisation=name),
                x509.random_serial_number(),
                at,
                at + ROOT_LIFE,
                credentials.certifier(path_length=1),
            ),
            issuer=None,
        )
        issuing = credentials.issue(
            Request(
                credentials.person(f"{name} Issuing", organisation=name),
                x509.random_serial_number(),
                at,
                at + ISSUING_LIFE,
                credentials.issuing_certifier(base_url),
            ),
            issuer=root,
        )
        daily = _daily_credentials(name, base_url, serial_key, issuing, at)
        return cls(name, base_url, serial_key, root, issuing, *daily)

    @property
    def root_pem(self) -> bytes:
        """The root certificate, for whoever decides to trust this installation."""
        return self.root.pem

    @property
    def certificates(self) -> bytes:
        """Every certificate of the installation, present and past, as PEM."""
        now = b"".join(getattr(self, name).pem for name in NAMES)
        return now + b"".join(self.retired)

    @property
    def chain(self) -> tuple[bytes, bytes]:
        """Issuing authority and root as DER."""
        return self.issuing.der, self.root.der

    def issue(self, name: str, email: str, at: datetime) -> Credential:
        """A key and a 15-minute certificate for one act of one person."""
        at = _whole_seconds(at)
        request = Request(
            credentials.person(name),
            new_serial(self.serial_key),
            at,
            at + LEAF_LIFE,
            credentials.document_signer(
                self.base_url, policy=credentials.LEAF_POLICY, email=email
            ),
        )
        return credentials.issue(request, issuer=self.issuing)

    def proof_for(self, credential: Credential, *, at: datetime) -> bytes:
        """A status answer to be kept with a signature: it holds as long as the certificate."""
        certificate = credential.certificate
        subject = Subject.of(certificate.serial_number, issuer=self.issuing)
        answer = Answer(subject, Status.GOOD, certificate.not_valid_after_utc)
        return status.respond([answer], responder=self.responder, at=_whole_seconds(at))

    def ocsp_response(self, request_der: bytes, at: datetime) -> bytes:
        """Answer a status request; what was not issued here is unknown."""
        at = _whole_seconds(at)
        try:
            question = status.Question.read(request_der)
        except (ValueError, KeyError, StopIteration):
            return status.refusal()
        answers = [
            Answer(subject, self._status(subject), at + ANSWER_LIFE)
            for subject in question.subjects
        ]
        return status.respond(answers, responder=self.responder, at=at, nonce=question.nonce)

    def crl(self, at: datetime) -> bytes:
        """The root's revocation list as DER: the issuing authority is still good."""
        at = _whole_seconds(at)
        return self._revocation_list(at, until=at + LIST_LIFE)

    @cached_property
    def lasting_crl(self) -> bytes:
        """The list that is kept in files: it holds as long as the issuing certificate."""
        certificate = self.issuing.certificate
        since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        return self._revocation_list(since, until=until)

    def renewed(self, at: datetime) -> Authority:
        """The same authority with credentials that age replaced; old files keep verifying."""
        at = _whole_seconds(at)
        if not self.seal.is_aging(at=at, after=RENEWED_AFTER):
            return self
        old = (self.seal.pem, self.responder.pem, self.stamper.pem)
        seal, responder, stamper = _daily_credentials(
            self.name, self.base_url, self.serial_key, self.issuing, at
        )
        retired = (*self.retired, *old)
        return replace(self, seal=seal, responder=responder, stamper=stamper, retired=retired)

    def dump(self, master_key: bytes) -> bytes:
        """Everything, encrypted with AES-256-GCM under a key of 32 bytes."""
        nonce = secrets.token_bytes(12)
        plain = json.dumps(
            {
                "name": self.name,
                "base_url": self.base_url,
                "serial_key": self.serial_key.hex(),
                "retired": [pem.decode() for pem in self.retired],
                "credentials": {name: _written(getattr(self, name)) for name in NAMES},
            }
        )
        return nonce + _cipher(master_key).encrypt(nonce, plain.encode(), CONTEXT)

    @classmethod
    def load(cls, blob: bytes, master_key: bytes) -> Authority:
        """Read back what ``dump`` wrote; raises ``CannotUnlock`` with another key."""
        try:
            plain = _cipher(master_key).decrypt(blob[:12], blob[12:], CONTEXT)
        except InvalidTag as refused:
            raise CannotUnlock("The master key does not open these keys.") from refused
        read = json.loads(plain)
        return cls(
            read["name"],
            read["base_url"],
            bytes.fromhex(read["serial_key"]),
            retired=tuple(pem.encode() for pem in read["retired"]),
            **{name: _read(read["credentials"][name]) for name in NAMES},
        )

    def _status(self, subject: Subject) -> Status:
        own = Subject.of(subject.serial, issuer=self.issuing)
        is_ours = subject.encoded == own.encoded and is_own_serial(
            subject.serial, serial_key=self.serial_key
        )
        return Status.GOOD if is_ours else Status.UNKNOWN

    def _revocation_list(self, since: datetime, *, until: datetime) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.certificate.subject)
            .last_update(since)
            .next_update(until)
            .add_extension(x509.CRLNumber(int(since.timestamp())), critical=False)
            .add_extension(self.root.authority_key_identifier, critical=False)
        )
        signed = builder.sign(self.root.key, hashes.SHA256())
        return signed.public_bytes(serialization.Encoding.DER)


def new_serial(serial_key: bytes) -> int:
    """A random serial number that only this authority could have made.

    So the responder can tell its own certificates from invented ones without a register.
    """
    chance = bytes([secrets.randbelow(127) + 1]) + secrets.token_bytes(9)
    return int.from_bytes(chance + _tag(chance, serial_key), "big")


def is_own_serial(serial: int, *, serial_key: bytes) -> bool:
    """Whether ``new_serial`` made this number under the same key."""
    if not 0 < serial < 1 << 159:
        return False
    written = serial.to_bytes(20, "big")
    return hmac.compare_digest(written[10:], _tag(written[:10], serial_key))


def _tag(chance: bytes, serial_key: bytes) -> bytes:
    return hmac.digest(serial_key, chance, sha256)[:10]


def _daily_credentials(
    name: str, base_url: str, serial_key: bytes, issuing: Credential, at: datetime
) -> tuple[Credential, Credential, Credential]:
    """Seal, status responder and time stamper."""
    until = min(at + CREDENTIAL_LIFE, issuing.certificate.not_valid_after_utc)

    def made(title: str, extensions: credentials.Extensions) -> Credential:
        subject = credentials.person(f"{name} {title}", organisation=name)
        request = Request(subject, new_serial(serial_key), at, until, extensions)
        return credentials.issue(request, issuer=issuing)

    seal = credentials.document_signer(base_url, policy=credentials.SEAL_POLICY)
    return (
        made("Seal", seal),
        made("Status", credentials.status_responder()),
        made("Time Stamps", credentials.time_stamper(base_url)),
    )


def _cipher(master_key: bytes) -> AESGCM:
    if len(master_key) != 32:
        raise CannotUnlock("The master key must have 32 bytes.")
    return AESGCM(master_key)


def _written(credential: Credential) -> dict[str, str]:
    key = credential.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {"key": key.decode(), "certificate": credential.pem.decode()}


def _read(written: dict[str, str]) -> Credential:
    key = serialization.load_pem_private_key(written["key"].encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CannotUnlock("A key is of another kind than expected.")
    return Credential(key, x509.load_pem_x509_certificate(written["certificate"].encode()))


def _whole_seconds(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
