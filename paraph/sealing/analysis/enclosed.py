"""Company seals that nobody given vouches for by itself, but the installation that closed the
file does: its closing seal names their certificates."""

import json
from collections.abc import Sequence

from asn1crypto import x509

from paraph.sealing.analysis import signers
from paraph.sealing.analysis.findings import Finding
from paraph.sealing.analysis.trust import Vouchers


def with_enclosed(findings: Sequence[Finding], vouchers: Vouchers) -> Vouchers:
    """Let a trusted closing seal vouch for the company seals before it that it names."""
    named: dict[str, x509.Certificate | None] = {}
    answers: list[x509.Certificate | None] = []
    for finding, voucher in reversed(list(zip(findings, vouchers, strict=True))):
        if voucher is not None and signers.is_own_seal(finding.signature):
            named |= dict.fromkeys(_named_in(finding), voucher)
        is_seal = signers.kind_of(finding.signature) == "seal" and finding.is_intact
        answers.append(
            voucher or (named.get(signers.fingerprint_of(finding.signature)) if is_seal else None)
        )
    return answers[::-1]


def _named_in(finding: Finding) -> list[str]:
    """The certificates that the evidence in a closing seal names, as SHA-256."""
    try:
        entry = finding.signature.embedded.sig_object.get("/Paraph_Evidence")
        told = json.loads(entry.original_bytes) if entry is not None else {}
        return [str(each["certificate"]) for each in told.get("seals", [])]
    except Exception:  # evidence that cannot be read names nobody
        return []
