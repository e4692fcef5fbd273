"""The judges that need no Java: poppler's pdfsig, qpdf, pyHanko's AdES validation, Paraph's
own check, and the rules for what a revision may change."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from io import BytesIO

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.ades import AdESLTAValidationResult, ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from conformance.samples import Filed
from conformance.structure import forbidden_changes
from paraph.sealing.report import Changes
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify

PATIENCE = 120


def by_paraph(one: Filed) -> Iterator[str]:
    """What we ourselves tell people: unchanged, trusted, at the level that is stated."""
    sample = one.sample
    at = datetime.fromisoformat(sample.moments[-1])
    report = verify(sample.content, trust=[sample.trust], at=at)
    if report.verdict != Verdict.INTACT:
        yield f"is {report.verdict}: {', '.join(report.codes)}"
    brought = signed_fields(sample.content[: sample.brought])
    ours = [
        row for row in report.signatures if row.kind != "timestamp" and row.field not in brought
    ]
    if len(ours) != sample.signatures:
        yield f"sees {len(ours)} signatures of ours instead of {sample.signatures}"
    for row in ours:
        if not row.trusted:
            yield f"{row.field} is not trusted"
        if row.level != sample.level:
            yield f"{row.field} reaches {row.level} instead of {sample.level}"
    if any(row.changes_after == Changes.FORBIDDEN for row in report.signatures):
        yield "finds forbidden changes"


def by_structure(one: Filed) -> Iterator[str]:
    """Adobe's rules, object by object: existing fields only, and permitted changes."""
    yield from forbidden_changes(one.sample.content, brought=one.sample.brought)


def by_pdfsig(one: Filed) -> Iterator[str]:
    """poppler on the bytes of every signature; it asks nobody whom to trust."""
    said = _said("pdfsig", "-nocert", str(one.path))
    # Empty fields have no type, and of time stamps poppler reads no more than where they are.
    blocks = [one for one in re.split(r"Signature #\d+:", said)[1:] if "detached" in one]
    brought = signed_fields(one.sample.content[: one.sample.brought])
    if len(blocks) != one.sample.signatures + len(brought):
        yield f"sees {len(blocks)} signatures"
    for block in blocks:
        field = re.search(r"Field Name: (.*)", block)
        verdict = re.search(r"Signature Validation: (.*)", block)
        if verdict is None or verdict[1] != "Signature is Valid.":
            yield f"{field[1] if field else '?'}: {verdict[1] if verdict else 'no verdict'}"


def by_qpdf(one: Filed) -> Iterator[str]:
    """The structure of the file."""
    said = _said("qpdf", "--check", str(one.path))
    if "No syntax or stream encoding errors found" not in said:
        yield said.strip().splitlines()[-1]


def by_pyhanko(one: Filed) -> Iterator[str]:
    """AdES-LTA validation as of now, with nothing fetched, and the difference analysis."""
    sample = one.sample
    reader = PdfFileReader(BytesIO(sample.content))
    spec = PdfSignatureValidationSpec(_strictly(sample.trust))
    for embedded in reader.embedded_signatures:
        end = sum(list(map(int, embedded.byte_range))[2:])
        if embedded.sig_object_type != "/Sig":
            continue
        result = asyncio.run(ades_lta_validation(embedded, spec))
        if end > sample.brought and result.ades_subindic is not AdESPassed.OK:
            yield f"{embedded.field_name} is {result.ades_subindic}"
        if not _is_unaltered(result):
            yield f"something forbidden was changed after {embedded.field_name}"


JUDGES: Mapping[str, Callable[[Filed], Iterator[str]]] = {
    "paraph": by_paraph,
    "structure": by_structure,
    "pdfsig": by_pdfsig,
    "qpdf": by_qpdf,
    "pyhanko": by_pyhanko,
}


def judge(one: Filed) -> dict[str, list[str]]:
    """What is wrong with a file in the eyes of each judge; nothing, when it agrees."""
    judges = JUDGES if one.sample.signatures else {"qpdf": by_qpdf}
    return {name: _opinion(look, one) for name, look in judges.items()}


def signed_fields(content: bytes) -> list[str]:
    """The names of the fields that are signed; none in nothing."""
    if not content:
        return []
    reader = PdfFileReader(BytesIO(content), strict=False)
    return [embedded.field_name for embedded in reader.embedded_regular_signatures]


def _opinion(look: Callable[[Filed], Iterator[str]], one: Filed) -> list[str]:
    try:
        return list(look(one))
    except Exception as refusal:  # whatever a judge cannot read, it does not accept
        return [f"cannot judge it: {type(refusal).__name__}: {refusal}"]


def _strictly(trust: bytes) -> SignatureValidationSpec:
    roots = [x509.Certificate.load(der) for _, _, der in pem.unarmor(trust, multiple=True)]
    strict = CertRevTrustPolicy(RevocationCheckingPolicy.from_legacy("require"))
    return SignatureValidationSpec(
        CertValidationPolicySpec(SimpleTrustManager.build(roots), strict),
        revinfo_gathering_policy=RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY),
    )


def _is_unaltered(result: AdESLTAValidationResult) -> bool:
    status = result.api_status
    return (
        status is not None
        and bool(status.docmdp_ok)
        and status.modification_level != ModificationLevel.OTHER
    )


def _said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    return done.stdout + done.stderr
