"""Raw signatures: does this message sign that digest? Trust, time and revocation are not
asked here."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from paraph.sealing.analysis.byte_ranges import ByteRange
from paraph.sealing.draft import Cuttable, pieces

if TYPE_CHECKING:
    from asn1crypto import cms

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}


class DoesNotVerify(Exception):
    """The signature does not belong to these bytes, or is none."""


class Covered:
    """Digests of what signatures cover, hashing the file once when asked in order."""

    def __init__(self, file: Cuttable) -> None:
        self._file = file
        self._running, self._position = hashlib.sha256(), 0

    def digest(self, byte_range: ByteRange) -> bytes:
        """SHA-256 of all but the gap, up to the end of the range."""
        if byte_range.gap_start < self._position:
            self._running, self._position = hashlib.sha256(), 0
        self._take(self._running, self._position, byte_range.gap_start)
        self._position = byte_range.gap_start
        whole = self._running.copy()
        self._take(whole, byte_range.gap_end, byte_range.end)
        return whole.digest()

    def _take(self, running: hashlib._Hash, start: int, end: int) -> None:
        for piece in pieces(self._file, start, end):
            running.update(piece)


# A file grows by revisions, and each look begins at the first: the same bytes need no second
# computation. What raises is not kept.
@lru_cache(maxsize=128)
def refuse_signature(contents: bytes, *, digest: bytes) -> None:
    """Raise unless this is a signature over the digest, with a time stamp over itself."""
    signer = _verified(contents, content_digest=digest)[1]
    stamps = [
        attribute["values"][0]
        for attribute in signer["unsigned_attrs"] or ()
        if attribute["type"].native == "signature_time_stamp_token"
    ]
    for stamp in stamps:
        imprint = hashlib.sha256(signer["signature"].native).digest()
        refuse_time_stamp(stamp.dump(), digest=imprint)
    if not stamps:
        raise DoesNotVerify("There is no time stamp.")


@lru_cache(maxsize=256)
def refuse_time_stamp(contents: bytes, *, digest: bytes) -> None:
    """Raise unless this is a time-stamp token for the digest."""
    from asn1crypto import tsp  # only here: web processes never look at signatures

    signed_data, _ = _verified(contents, content_digest=None)
    info = signed_data["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        raise DoesNotVerify("There is no time-stamp information.")
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != "sha256":
        raise DoesNotVerify("The time stamp uses another digest.")
    if imprint["hashed_message"].native != digest:
        raise DoesNotVerify("The time stamp is for other bytes.")


def _verified(
    contents: bytes, *, content_digest: bytes | None
) -> tuple[cms.SignedData, cms.SignerInfo]:
    """Check one signed message, whose content lies outside when its digest is given."""
    from asn1crypto import cms

    try:
        signed_data = cms.ContentInfo.load(contents)["content"]
        (signer,) = signed_data["signer_infos"]
        attributes = {one["type"].native: one["values"] for one in signer["signed_attrs"]}
        algorithm = signer["digest_algorithm"]["algorithm"].native
        if content_digest is None:
            content = signed_data["encap_content_info"]["content"].contents
            content_digest = hashlib.new(algorithm, content).digest()
        if attributes["message_digest"][0].native != content_digest:
            raise DoesNotVerify("The message is about other bytes.")
        certificate = _signers_certificate(signed_data, signer)
        _verify(certificate, signer, HASHES[algorithm])
    except (ValueError, KeyError, TypeError, InvalidSignature) as broken:
        raise DoesNotVerify("The message does not verify.") from broken
    return signed_data, signer


def _signers_certificate(signed_data: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate:
    serial = signer["sid"].chosen["serial_number"].native
    for choice in signed_data["certificates"]:
        if choice.chosen.serial_number == serial:
            return x509.load_der_x509_certificate(choice.chosen.dump())
    raise DoesNotVerify("The signer's certificate is missing.")


def _verify(
    certificate: x509.Certificate, signer: cms.SignerInfo, algorithm: hashes.HashAlgorithm
) -> None:
    key, signature = certificate.public_key(), signer["signature"].native
    # Signed is the SET OF, not the implicit tag under which the attributes stand.
    message = signer["signed_attrs"].untag().dump()
    if isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, message, ec.ECDSA(algorithm))
    elif isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, message, padding.PKCS1v15(), algorithm)
    else:
        raise DoesNotVerify("The key is of a kind we do not use.")
