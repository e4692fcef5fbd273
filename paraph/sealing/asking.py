"""Asking another time-stamp service (RFC 3161): the request, and the look at what came back.
Sends nothing itself."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from paraph.sealing import cms, der
from paraph.sealing.company import chained, named
from paraph.sealing.raw import DoesNotVerify, refuse_time_stamp

if TYPE_CHECKING:
    from asn1crypto import tsp

    Parts = tuple[bytes, tsp.TSTInfo, x509.Certificate, tuple[bytes, ...]]

GRANTED = {"granted", "granted_with_mods"}
# An honest service is never further from our own clock; the request itself takes time, too.
LARGEST_DIFFERENCE = timedelta(minutes=5)


class BadToken(ValueError):
    """The service's answer is refused, or cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Token:
    """A time stamp of another service, checked: it fits the digest and is signed."""

    content: bytes
    moment: datetime
    certificate: x509.Certificate
    chain: tuple[bytes, ...]

    @property
    def name(self) -> str:
        """Who stamped."""
        return named(self.certificate.subject)


@dataclass(frozen=True)
class Question:
    """One request, with what its answer must repeat."""

    digest: bytes
    nonce: int
    policy: str = ""

    @classmethod
    def about(cls, digest: bytes, *, policy: str = "") -> Question:
        """A request for a SHA-256 digest, under a policy where one is wanted."""
        return cls(digest, secrets.randbits(63), policy)

    @property
    def encoded(self) -> bytes:
        """The request as DER; the service shall send its certificate along."""
        return der.sequence(
            der.integer(1),
            der.sequence(cms.SHA256, der.octets(self.digest)),
            der.identifier(self.policy) if self.policy else b"",
            der.integer(self.nonce),
            der.boolean(True),
        )

    def read(self, answer: bytes, *, at: datetime) -> Token:
        """Look at the answer as nobody's friend; raises ``BadToken``."""
        try:
            content, info, certificate, chain = _taken_apart(answer)
            refuse_time_stamp(content, digest=self.digest)
        except BadToken:
            raise
        except (DoesNotVerify, ValueError, KeyError, TypeError) as broken:
            raise BadToken("The answer is not a time stamp for these bytes.") from broken
        moment = info["gen_time"].native
        if info["nonce"].native != self.nonce:
            raise BadToken("The answer belongs to another request.")
        if self.policy and info["policy"].dotted != self.policy:
            raise BadToken("The answer was given under another policy.")
        if abs(moment - at) > LARGEST_DIFFERENCE:
            raise BadToken("The service's clock and ours differ by minutes.")
        _refuse_certificate(certificate, at=moment)
        return Token(content, moment, certificate, chain)


def digest_of_nothing() -> bytes:
    """A digest of fresh random bytes, to see whether a service answers."""
    return hashlib.sha256(secrets.token_bytes(32)).digest()


def _taken_apart(answer: bytes) -> Parts:
    """The token, what it states, its signer's certificate, and those above that."""
    from asn1crypto import tsp  # only here: most processes never ask outside

    # asn1crypto cannot read a response without a token, only the status inside.
    status_info = tsp.PKIStatusInfo.load(_status_of(answer))
    status = status_info["status"].native
    if status not in GRANTED:
        words = status_info["status_string"].native
        reason = " ".join(map(str, words)) if words else str(status_info["fail_info"].native)
        raise BadToken(f"The service refuses: {reason[:200]}")
    token = tsp.TimeStampResp.load(answer)["time_stamp_token"]
    signed = token["content"]
    (signer,) = signed["signer_infos"]
    serial = signer["sid"].chosen["serial_number"].native
    brought = [x509.load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"]]
    own = next((one for one in brought if one.serial_number == serial), None)
    if own is None:
        raise BadToken("The service does not send its certificate.")
    info = signed["encap_content_info"]["content"].parsed
    return token.dump(), info, own, chained(own, brought)


def _status_of(answer: bytes) -> bytes:
    tag, content = next(der.parts(der.only(answer, 0x30)))
    if tag != 0x30:
        raise BadToken("The answer is not one of a time-stamp service.")
    return der.sequence(content)


def _refuse_certificate(certificate: x509.Certificate, *, at: datetime) -> None:
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        raise BadToken("The service's certificate has run out.")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        raise BadToken("The service's certificate is not one for time stamps.") from None
    if list(usage.value) != [ExtendedKeyUsageOID.TIME_STAMPING]:
        raise BadToken("The service's certificate is not one for time stamps.")
