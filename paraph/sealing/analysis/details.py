"""What a signature covered, and the certificate behind it, told in full."""

import hashlib
from collections.abc import Sequence

from asn1crypto import x509

from paraph.sealing.analysis.document import Document, Signature
from paraph.sealing.analysis.findings import Finding
from paraph.sealing.analysis.signers import certificate_of
from paraph.sealing.analysis.trust import Vouchers
from paraph.sealing.examination import Certificate, Detail
from paraph.sealing.report import stated


def details_of(
    document: Document, findings: Sequence[Finding], *, vouchers: Vouchers
) -> list[Detail]:
    """Return a detail for each signature, in the order of the file."""
    pairs = zip(findings, vouchers, strict=True)
    return [_detail(document, finding, voucher=voucher) for finding, voucher in pairs]


def _detail(document: Document, finding: Finding, *, voucher: x509.Certificate | None) -> Detail:
    version = document.data[: finding.end]
    return Detail(
        finding.signature.field,
        finding.signature.revision + 1,
        len(version),
        hashlib.sha256(version).hexdigest(),
        _certificate(finding.signature),
        _reason(finding.signature),
        voucher.subject.human_friendly if voucher else "",
        voucher.sha256.hex() if voucher else "",
    )


def _reason(signature: Signature) -> str:
    try:
        reason = signature.embedded.sig_object.get("/Reason", "")
    except Exception:  # what cannot be read says nothing
        return ""
    return str(reason)[:300]


def _certificate(signature: Signature) -> Certificate | None:
    try:
        certificate = certificate_of(signature)
        return certificate and _told(certificate)
    except Exception:  # a certificate that cannot be read is told by the reasons
        return None


def _told(certificate: x509.Certificate) -> Certificate:
    return Certificate(
        certificate.subject.human_friendly,
        certificate.issuer.human_friendly,
        f"{certificate.serial_number:x}",
        stated(certificate.not_valid_before) or "",
        stated(certificate.not_valid_after) or "",
        _key(certificate),
        certificate.sha256.hex(),
    )


def _key(certificate: x509.Certificate) -> str:
    key = certificate.public_key
    if key.algorithm == "ec":
        kind, name = key.curve
        return f"EC {name}" if kind == "named" else "EC"
    return f"{key.algorithm.upper()} {key.bit_size}"
