"""The installation's own certificate authority: it makes certificates for single acts, keeps
the installation's seal, and answers for what it issued."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from paraph.sealing import credentials, founding, status
from paraph.sealing.credentials import Credential, Request
from paraph.sealing.founding import YEAR, Founder
from paraph.sealing.keys import Key
from paraph.sealing.serials import is_own_serial, new_serial
from paraph.sealing.status import Answer, Status, Subject

RENEWED_AFTER = YEAR
# Half of its life: whatever it issues on its last day can still live its own life to the end.
ISSUING_RENEWED_AFTER = 12 * YEAR
LEAF_LIFE = timedelta(minutes=15)
ANSWER_LIFE = timedelta(days=1)
LIST_LIFE = YEAR

CONTEXT = b"paraph authority 1"
NAMES = ("root", "issuing", "seal", "responder", "stamper")


class CannotUnlock(Exception):
    """The master key does not open these keys."""


class NotThisRoot(ValueError):
    """The file does not hold the key of this installation's root, or the password is wrong."""


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
    # The list that is kept in files: it holds as long as the issuing certificate, and is made
    # with it, because the root's key may be elsewhere by the time it is needed.
    lasting_crl: bytes
    retired: tuple[bytes, ...] = ()
    # The seal's key in a token, where it does not lie here.
    seal_label: str = ""

    @classmethod
    def create(cls, name: str, *, base_url: str, at: datetime) -> Authority:
        """Make everything anew, for one installation."""
        at, base_url = _whole_seconds(at), base_url.rstrip("/")
        serial_key = secrets.token_bytes(32)
        root = founding.root_credential(name, at)
        issuing = founding.issuing_credential(name, base_url, root, at)
        founder = Founder(name, base_url=base_url, serial_key=serial_key, issuing=issuing, at=at)
        daily = founder.seal(), founder.responder(), founder.stamper()
        lasting = founding.lasting_list(root, issuing)
        return cls(name, base_url, serial_key, root, issuing, *daily, lasting_crl=lasting)

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

    @property
    def serials_answered_for(self) -> list[int]:
        """The serial numbers of what the issuing authority signed to last, past and present."""
        known = [self.seal.certificate, self.stamper.certificate]
        known += [x509.load_pem_x509_certificate(pem) for pem in self.retired]
        issuer = self.issuing.certificate.subject
        ours = [one for one in known if one.issuer == issuer]
        return [one.serial_number for one in ours if self._signed(one)]

    def answer_for(self, serial: int, *, at: datetime) -> bytes:
        """A status answer that holds for a day, for whoever asks by the usual identifier."""
        at = _whole_seconds(at)
        subject = Subject.of(serial, issuer=self.issuing)
        answer = Answer(subject, self._status(subject), at + ANSWER_LIFE)
        return status.respond([answer], responder=self.responder, at=at)

    def _signed(self, certificate: x509.Certificate) -> bool:
        try:
            certificate.verify_directly_issued_by(self.issuing.certificate)
        except (InvalidSignature, ValueError):
            return False
        return True

    def crl(self, at: datetime) -> bytes:
        """The root's revocation list as DER: the issuing authority is still good."""
        at = _whole_seconds(at)
        return founding.revocation_list(self.root, at, until=at + LIST_LIFE)

    def renewed(self, at: datetime) -> Authority:
        """The same authority with what ages replaced; old files keep verifying.

        A root whose key is kept apart issues nothing: then the issuing certificate stays.
        """
        at = _whole_seconds(at)
        if self.has_root_key and self.issuing.is_aging(at=at, after=ISSUING_RENEWED_AFTER):
            return self.with_new_issuing(at)
        if self.seal.is_aging(at=at, after=RENEWED_AFTER):
            return self.with_new_credentials(at)
        return self

    def with_new_credentials(self, at: datetime) -> Authority:
        """Replace the three credentials that work every day; a key in a token stays there."""
        public = self.seal.public if self.seal_label else None
        return self._with_daily(public, label=self.seal_label, at=at)

    def with_seal_in_token(
        self, label: str, *, public: ec.EllipticCurvePublicKey, at: datetime
    ) -> Authority:
        """Seal by the token's key of that label from now on, under a certificate of its own."""
        return self._with_daily(public, label=label, at=at)

    def with_seal_here(self, at: datetime) -> Authority:
        """Seal by a fresh key of the installation's own from now on."""
        return self._with_daily(None, label="", at=at)

    def reaching(self, key: Key) -> Authority:
        """The same authority, with the way to the token in which its seal's key lies."""
        return replace(self, seal=replace(self.seal, token=key))

    def _with_daily(
        self, public: ec.EllipticCurvePublicKey | None, *, label: str, at: datetime
    ) -> Authority:
        founder = Founder(
            self.name,
            base_url=self.base_url,
            serial_key=self.serial_key,
            issuing=self.issuing,
            at=_whole_seconds(at),
        )
        return replace(
            self,
            seal=founder.seal(public),
            responder=founder.responder(),
            stamper=founder.stamper(),
            retired=(*self.retired, self.seal.pem, self.responder.pem, self.stamper.pem),
            seal_label=label,
        )

    def with_new_issuing(self, at: datetime) -> Authority:
        """Replace the issuing authority and all it works with; raises ``KeyKeptApart``."""
        made = founding.issuing_credential(self.name, self.base_url, self.root, _whole_seconds(at))
        renewed = replace(
            self,
            issuing=made,
            lasting_crl=founding.lasting_list(self.root, made),
            retired=(*self.retired, self.issuing.pem),
        )
        return renewed.with_new_credentials(at)

    @property
    def has_root_key(self) -> bool:
        """Whether the root's key is here, and not kept apart."""
        return self.root.key is not None

    def root_key(self, password: str) -> bytes:
        """The root's key as PEM, encrypted under a password of its own."""
        return self.root.private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(password.encode()),
        )

    def without_root_key(self) -> Authority:
        """The same authority, unable to issue another issuing certificate."""
        return replace(self, root=Credential(None, self.root.certificate))

    def with_root_key(self, pem: bytes, password: str) -> Authority:
        """Put the root's key back; raises ``NotThisRoot``."""
        try:
            key = serialization.load_pem_private_key(pem, password.encode())
        except (ValueError, TypeError) as refused:
            raise NotThisRoot("The file or the password is wrong.") from refused
        own = self.root.certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != own:
            raise NotThisRoot("This is the key of another root.")
        return replace(self, root=Credential(key, self.root.certificate))

    def dump(self, master_key: bytes) -> bytes:
        """Everything, encrypted with AES-256-GCM under a key of 32 bytes."""
        nonce = secrets.token_bytes(12)
        plain = json.dumps(
            {
                "name": self.name,
                "base_url": self.base_url,
                "serial_key": self.serial_key.hex(),
                "lasting_crl": self.lasting_crl.hex(),
                "retired": [pem.decode() for pem in self.retired],
                "seal_label": self.seal_label,
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
            lasting_crl=bytes.fromhex(read["lasting_crl"]),
            retired=tuple(pem.encode() for pem in read["retired"]),
            seal_label=read.get("seal_label", ""),
            **{name: _read(read["credentials"][name]) for name in NAMES},
        )

    def _status(self, subject: Subject) -> Status:
        own = Subject.of(subject.serial, issuer=self.issuing)
        is_ours = subject.encoded == own.encoded and is_own_serial(
            subject.serial, serial_key=self.serial_key
        )
        return Status.GOOD if is_ours else Status.UNKNOWN


def _cipher(master_key: bytes) -> AESGCM:
    if len(master_key) != 32:
        raise CannotUnlock("The master key must have 32 bytes.")
    return AESGCM(master_key)


def _written(credential: Credential) -> dict[str, str]:
    if credential.key is None:
        return {"key": "", "certificate": credential.pem.decode()}
    key = credential.key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return {"key": key.decode(), "certificate": credential.pem.decode()}


def _read(written: dict[str, str]) -> Credential:
    certificate = x509.load_pem_x509_certificate(written["certificate"].encode())
    if not written["key"]:
        return Credential(None, certificate)
    key = serialization.load_pem_private_key(written["key"].encode(), password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise CannotUnlock("A key is of another kind than expected.")
    return Credential(key, certificate)


def _whole_seconds(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
