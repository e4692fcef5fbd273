"""Status answers (OCSP, RFC 6960) as DER. What the status is, the authority decides."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from paraph.sealing import der
from paraph.sealing.credentials import Credential

BASIC = der.identifier("1.3.6.1.5.5.7.48.1.1")
SHA1 = der.sequence(der.identifier("1.3.14.3.2.26"), der.NULL)

SUCCESSFUL, MALFORMED, UNAUTHORIZED = 0, 1, 6


class Status(Enum):
    """What an answer says; the value is how DER writes it."""

    GOOD = b"\x80\x00"
    UNKNOWN = b"\x82\x00"


@dataclass(frozen=True)
class Subject:
    """The certificate that is asked about, as its asker identifies it."""

    encoded: bytes
    issuer_name_hash: bytes
    issuer_key_hash: bytes
    serial: int

    @classmethod
    def of(cls, serial: int, *, issuer: Credential) -> Subject:
        """A certificate of this issuer, identified by SHA-1 as every client expects."""
        name = issuer.certificate.subject.public_bytes()
        # An identifier, not a proof: nothing rests on SHA-1's strength here.
        name_hash = hashlib.sha1(name, usedforsecurity=False).digest()
        key_hash = issuer.key_identifier
        encoded = der.sequence(
            SHA1, der.octets(name_hash), der.octets(key_hash), der.integer(serial)
        )
        return cls(encoded, name_hash, key_hash, serial)

    @classmethod
    def read(cls, cert_id: bytes) -> Subject:
        """The subject of one question."""
        (_, _), (_, name_hash), (_, key_hash), (_, serial) = der.parts(cert_id)
        return cls(der.sequence(cert_id), name_hash, key_hash, int.from_bytes(serial, "big"))


@dataclass(frozen=True)
class Question:
    """A request: the certificates asked about. Answers are kept ready, so no nonce comes back."""

    subjects: Sequence[Subject]

    @classmethod
    def read(cls, encoded: bytes) -> Question:
        """Take a request apart; raises ``ValueError`` when it is none."""
        _, asked = next(der.parts(der.only(encoded, 0x30)))
        parts = dict(der.parts(asked))
        subjects = [Subject.read(_certificate_id(one)) for _, one in der.parts(parts[0x30])]
        return cls(subjects)


@dataclass(frozen=True)
class Answer:
    """The status of one certificate, and until when it holds."""

    subject: Subject
    status: Status
    until: datetime


def respond(answers: Sequence[Answer], *, responder: Credential, at: datetime) -> bytes:
    """A signed response that carries its responder's certificate."""
    singles = (
        der.sequence(
            answer.subject.encoded,
            answer.status.value,
            der.moment(at),
            der.context(0, der.moment(max(at, answer.until))),
        )
        for answer in answers
    )
    signed = der.sequence(
        der.context(2, der.octets(responder.key_identifier)),
        der.moment(at),
        der.sequence(*singles),
    )
    basic = der.sequence(
        signed,
        responder.algorithm,
        der.bits(responder.sign(signed)),
        der.context(0, der.sequence(responder.der)),
    )
    body = der.context(0, der.sequence(BASIC, der.octets(basic)))
    return der.sequence(der.value(0x0A, bytes([SUCCESSFUL])), body)


def refusal(reason: int = MALFORMED) -> bytes:
    """The answer to what is not a question, or to one about somebody else's certificate."""
    return der.sequence(der.value(0x0A, bytes([reason])))


def _certificate_id(request: bytes) -> bytes:
    return next(der.parts(request))[1]
