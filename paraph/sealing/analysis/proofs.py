"""Whether signatures and time stamps are what they claim: digests and public keys alone."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from asn1crypto import cms, tsp
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)

from paraph.sealing.analysis.document import Signature

FORGEABLE = {"md2", "md4", "md5"}
OLD = {"sha1"}
_FORMS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161", "/adbe.pkcs7.sha1"}


@dataclass(frozen=True)
class Proof:
    """What the mathematics of one signature say."""

    codes: frozenset[str]
    stamped_at: datetime | None = None

    @property
    def holds(self) -> bool:
        return not self.codes - {"old-digest"}


def proof_of(signature: Signature, *, data: bytes) -> Proof:
    """Check a signature of a PDF against the bytes it covers."""
    if signature.form not in _FORMS or signature.byte_range is None:
        return Proof(frozenset({"signature-form-unknown"}))
    covered = signature.byte_range.covered(data)
    if signature.is_time_stamp:
        return _proof_of_stamp(signature.message, stamped=covered)
    codes = _codes_of_content(signature, covered) | _codes_of_key(signature, covered)
    stamped_at, stamp_codes = _signature_stamp(signature)
    return Proof(frozenset(codes | stamp_codes), stamped_at)


def _codes_of_content(signature: Signature, covered: bytes) -> set[str]:
    """The older form wraps the SHA-1 of the file as its content; others have none."""
    content = signature.message["encap_content_info"]["content"]
    if signature.form != "/adbe.pkcs7.sha1":
        return set() if content.native is None else {"signature-form-unknown"}
    digest = hashlib.sha1(covered).digest()  # noqa: S324 - the form prescribes it
    return {"old-digest"} if content.native == digest else {"signed-bytes-changed"}


def _codes_of_key(signature: Signature, covered: bytes) -> set[str]:
    message = signature.message
    if signature.form == "/adbe.pkcs7.sha1":
        covered = message["encap_content_info"]["content"].contents or b""
    return _codes_of_message(message, content=covered, content_type="data")


def _codes_of_message(message: cms.SignedData, *, content: bytes, content_type: str) -> set[str]:
    signer = extract_signer_info(message)
    algorithm = str(signer["digest_algorithm"]["algorithm"].native)
    if algorithm in FORGEABLE:
        return {"weak-digest"}
    if algorithm not in {each["algorithm"].native for each in message["digest_algorithms"]}:
        return {"signature-unreadable"}
    certificate = extract_certs_for_validation(message).signer_cert
    digest = hashlib.new(algorithm, content).digest()
    same_bytes, same_key = validate_sig_integrity(signer, certificate, content_type, digest)
    codes = set() if same_bytes else {"signed-bytes-changed"}
    codes |= set() if same_key else {"signature-invalid"}
    return codes | ({"old-digest"} if algorithm in OLD else set())


def _proof_of_stamp(message: cms.SignedData, *, stamped: bytes) -> Proof:
    """Check a time stamp: its own signature, and that it stamps these bytes."""
    token = message["encap_content_info"]["content"]
    info = cast(tsp.TSTInfo, token.parsed)
    imprint = info["message_imprint"]
    algorithm = str(imprint["hash_algorithm"]["algorithm"].native)
    codes = _codes_of_message(message, content=bytes(token), content_type="tst_info")
    if algorithm in FORGEABLE:
        codes.add("weak-digest")
    elif hashlib.new(algorithm, stamped).digest() != imprint["hashed_message"].native:
        codes.add("signed-bytes-changed")
    return Proof(frozenset(codes), info["gen_time"].native)


def _signature_stamp(signature: Signature) -> tuple[datetime | None, set[str]]:
    """Return the earliest moment that a time stamp proves for the signature."""
    stamps = list(_stamps_of(extract_signer_info(signature.message)))
    moments = [stamp.stamped_at for stamp in stamps if stamp.stamped_at and stamp.holds]
    failed = any(not stamp.holds for stamp in stamps)
    return min(moments, default=None), {"time-stamp-invalid"} if failed else set()


def _stamps_of(signer: cms.SignerInfo) -> Iterator[Proof]:
    stamped = signer["signature"].native
    for message in extract_tst_data_iter(signer, signed=False):
        yield _proof_of_stamp(message, stamped=stamped)
