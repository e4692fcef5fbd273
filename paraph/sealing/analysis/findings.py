"""What the check of each signature found, and what that says of the file as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.x509 import Certificate

from paraph.sealing.analysis import byte_ranges, certificates, ending, pictures
from paraph.sealing.analysis.document import Document, Signature
from paraph.sealing.analysis.permissions import PermittedChanges, changes_after
from paraph.sealing.analysis.proofs import Proof, proof_of
from paraph.sealing.report import Changes
from paraph.sealing.verdicts import Verdict, verdict_of


@dataclass
class Finding:
    """What the check of one signature found."""

    signature: Signature
    proof: Proof
    changes: Changes
    codes: set[str] = field(default_factory=set)

    @property
    def is_intact(self) -> bool:
        return self.proof.holds and verdict_of(self.codes) != Verdict.BROKEN

    @property
    def is_flawless(self) -> bool:
        return verdict_of(self.codes) == Verdict.INTACT

    @property
    def end(self) -> int:
        """Return where the signed bytes end."""
        return self.signature.byte_range.end if self.signature.byte_range else 0


def found(document: Document, *, policy: PermittedChanges) -> list[Finding]:
    """Check every signature, in the order in which they were made."""
    findings: list[Finding] = []
    kept = certificates.kept_in(document)
    policy.last_signed = max((each.revision for each in document.signatures), default=None)
    base: Signature | None = None
    for signature in document.signatures:
        finding = _found(signature, data=document.data, base=base, policy=policy)
        if not _brings_whole_certificates(signature, kept=kept):
            finding.codes.add("certificate-changed")
        findings.append(finding)
        if not signature.is_time_stamp:
            base = signature if finding.is_flawless else None
    return findings


def _found(
    signature: Signature, *, data: bytes, base: Signature | None, policy: PermittedChanges
) -> Finding:
    proof = _proof(signature, data=data)
    changes, objection = changes_after(signature, base=base, policy=policy)
    codes = set(proof.codes) | _codes_of_range(signature, data=data)
    if objection:
        codes.add(objection)
    return Finding(signature, proof, changes, codes)


def _brings_whole_certificates(signature: Signature, *, kept: Sequence[Certificate]) -> bool:
    try:
        return certificates.are_whole(signature.message, kept=kept)
    except MemoryError:
        raise
    except Exception:  # a certificate that cannot be read is not whole
        return False


def _proof(signature: Signature, *, data: bytes) -> Proof:
    try:
        return proof_of(signature, data=data)
    except MemoryError:
        raise
    except Exception:  # a message that cannot be read proves nothing
        return Proof(frozenset({"signature-unreadable"}))


def _codes_of_range(signature: Signature, *, data: bytes) -> set[str]:
    byte_range, contents = signature.byte_range, signature.embedded.pkcs7_content
    if byte_range is None or not byte_ranges.is_sound(byte_range, data=data, contents=contents):
        return {"byte-range"}
    codes = set()
    if not byte_ranges.ends_a_revision(byte_range, data=data):
        codes.add("revision-not-covered")
    length = signature.message_length
    if not byte_ranges.holds_only(length, byte_range=byte_range, data=data):
        codes.add("padding")
    return codes


def codes_of(document: Document, findings: Sequence[Finding]) -> set[str]:
    """Return all that is to be said about the signed bytes and what came after them."""
    codes = {code for finding in findings for code in finding.codes}
    codes |= _codes_of_missing(document)
    if ending.has_bytes_after_end(document):
        codes.add("bytes-after-end")
    if document.signatures and document.is_hybrid:
        codes.add("hybrid-file")
    if verdict_of(codes) == Verdict.INTACT:
        codes |= _codes_of_pages(document)
    return codes or {"no-signature"} if not document.signatures else codes


def _codes_of_missing(document: Document) -> set[str]:
    """A signature that lies in the file must be one of those that it shows."""
    if document.hidden_ranges:
        return {"signature-removed"}
    return {"signature-unreadable"} if document.unreadable_fields else set()


def _codes_of_pages(document: Document) -> set[str]:
    """Look at the pages where the rules found nothing: the last to be asked."""
    try:
        return set() if pictures.show_the_same(document) else {"looks-different"}
    except MemoryError:
        raise
    except Exception:  # a version that cannot be shown is not shown to be the same
        return {"changes-unreadable"}
