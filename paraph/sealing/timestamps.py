"""The installation's time-stamp service (RFC 3161, RFC 5816): tokens for our own files, and
answers to requests from outside."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from paraph.sealing import cms, der
from paraph.sealing.authority import Authority
from paraph.sealing.cms import Signer
from paraph.sealing.credentials import TIME_STAMP_POLICY

TST_INFO = der.identifier("1.2.840.113549.1.9.16.1.4")
POLICY = der.identifier(TIME_STAMP_POLICY)
ACCURACY = der.sequence(der.integer(1))
GRANTED, REJECTED = 0, 2
BOOLEAN, INTEGER, OBJECT_IDENTIFIER, EXTENSIONS = 0x01, 0x02, 0x06, 0xA0

DIGEST_LENGTHS = {
    der.identifier("2.16.840.1.101.3.4.2.1"): 32,
    der.identifier("2.16.840.1.101.3.4.2.2"): 48,
    der.identifier("2.16.840.1.101.3.4.2.3"): 64,
}


class NotStamped(Exception):
    """A request we refuse; ``failure`` is its bit in PKIFailureInfo."""

    BAD_ALGORITHM = 0
    BAD_REQUEST = 2
    BAD_DATA = 5
    NO_TIME = 14
    FOREIGN_POLICY = 15
    UNKNOWN_EXTENSION = 16
    SYSTEM_FAILURE = 25

    def __init__(self, failure: int, sentence: str) -> None:
        super().__init__(sentence)
        self.failure = failure


@dataclass(frozen=True)
class Imprint:
    """What is stamped, as DER, with what its asker wants to see again."""

    encoded: bytes
    nonce: bytes = b""
    wants_certificate: bool = False

    @classmethod
    def of(cls, digest: bytes) -> Imprint:
        """A SHA-256 digest of our own."""
        return cls(der.sequence(cms.SHA256, der.octets(digest)), wants_certificate=True)

    @classmethod
    def read(cls, request: bytes) -> Imprint:
        """Take a request apart and refuse what RFC 3161 lets us refuse."""
        try:
            (_, version), (_, imprint), *options = der.parts(der.only(request, 0x30))
            algorithm, digest = _algorithm_and_digest(imprint)
        except ValueError as broken:
            raise NotStamped(NotStamped.BAD_REQUEST, "This is not a request.") from broken
        wanted = dict(options)
        _refuse_unknown(version, wanted)
        _refuse_digest(algorithm, digest)
        return cls(
            der.sequence(imprint),
            nonce=der.value(INTEGER, wanted[INTEGER]) if INTEGER in wanted else b"",
            wants_certificate=wanted.get(BOOLEAN, b"\x00") != b"\x00",
        )


class TimeStampService:
    """Stamps with the authority's own time-stamp credential."""

    def __init__(self, authority: Authority) -> None:
        self._signer = Signer(authority.stamper, chain=(authority.issuing.der,))

    @property
    def reserve(self) -> int:
        """Bytes that are always enough for one token."""
        return self._signer.reserve

    def token(self, digest: bytes, at: datetime) -> bytes:
        """A token for a SHA-256 digest."""
        return self._token(Imprint.of(digest), at)

    def respond(self, request_der: bytes, at: datetime, *, clock_in_step: bool = True) -> bytes:
        """Answer a request from outside: a token, or the reason why there is none."""
        try:
            if not clock_in_step:
                raise NotStamped(NotStamped.NO_TIME, "The clock is not in step.")
            token = self._token(Imprint.read(request_der), at)
        except NotStamped as refused:
            return refusal(refused)
        return der.sequence(der.sequence(der.integer(GRANTED)), token)

    def _token(self, imprint: Imprint, at: datetime) -> bytes:
        info = der.sequence(
            der.integer(1),
            POLICY,
            imprint.encoded,
            der.integer(secrets.randbits(128)),
            der.moment(at.astimezone(UTC)),
            ACCURACY,
            imprint.nonce,
        )
        return self._signer.enclose(info, of=TST_INFO, with_certificates=imprint.wants_certificate)


def _algorithm_and_digest(imprint: bytes) -> tuple[bytes, bytes]:
    (_, algorithm), (tag, digest) = der.parts(imprint)
    if tag != 0x04:
        raise der.NotDer("The digest is not a string of octets.")
    return algorithm, digest


def _refuse_unknown(version: bytes, wanted: dict[int, bytes]) -> None:
    if version != b"\x01":
        raise NotStamped(NotStamped.BAD_REQUEST, "Only version 1 is known.")
    if EXTENSIONS in wanted:
        raise NotStamped(NotStamped.UNKNOWN_EXTENSION, "No extension is known.")
    if OBJECT_IDENTIFIER in wanted and wanted[OBJECT_IDENTIFIER] != POLICY[2:]:
        raise NotStamped(NotStamped.FOREIGN_POLICY, "This policy is not ours.")
    if wanted.keys() - {INTEGER, BOOLEAN, OBJECT_IDENTIFIER}:
        raise NotStamped(NotStamped.BAD_REQUEST, "The request holds more than a request.")


def _refuse_digest(algorithm: bytes, digest: bytes) -> None:
    name = der.value(OBJECT_IDENTIFIER, next(der.parts(algorithm), (0, b""))[1])
    if name not in DIGEST_LENGTHS:
        raise NotStamped(NotStamped.BAD_ALGORITHM, "Use SHA-256, SHA-384 or SHA-512.")
    if len(digest) != DIGEST_LENGTHS[name]:
        raise NotStamped(NotStamped.BAD_DATA, "The digest has the wrong length.")


def refusal(refused: NotStamped) -> bytes:
    """The answer that says why there is no token."""
    octet, bit = divmod(refused.failure, 8)
    failure = bytes(octet) + bytes([0x80 >> bit])
    info = der.sequence(
        der.integer(REJECTED),
        der.sequence(der.text(str(refused))),
        der.value(0x03, bytes([7 - bit]), failure),
    )
    return der.sequence(info)
