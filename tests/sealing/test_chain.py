"""The time stamps of a file are judged once for all its signatures, and to the same effect."""

import asyncio
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

import pytest
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import AdESLTAValidationResult, ades_lta_validation
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo

from paraph.sealing.analysis import chain
from paraph.sealing.analysis.document import opened
from paraph.sealing.analysis.permissions import PermittedChanges
from paraph.sealing.analysis.reading import Reader
from paraph.sealing.analysis.trust import Judge, roots_from, rules
from paraph.sealing.authority import Authority
from tests.sealing import forge

pytestmark = pytest.mark.slow

SOON = forge.NOW + timedelta(minutes=1)
LONG_AFTER = forge.NOW + timedelta(days=7000)


@cache
def completed() -> bytes:
    return forge.completed()


@cache
def stranger() -> bytes:
    return Authority.create("Ardent", base_url="http://ardent.example", at=forge.NOW).root_pem


def ruled(root: bytes = forge.ROOT) -> SignatureValidationSpec:
    return rules(list(roots_from([root])))


def judged(
    signatures: Iterable[EmbeddedPdfSignature], spec: SignatureValidationSpec, *, at: datetime
) -> list[tuple[object, ...]]:
    """What becomes of each signature that is of a person or a seal."""
    timing = ValidationTimingInfo(at, at, point_in_time_validation=False)
    asked = PdfSignatureValidationSpec(spec, diff_policy=None)
    results: list[AdESLTAValidationResult] = [
        asyncio.run(ades_lta_validation(each, asked, timing))
        for each in signatures
        if each.sig_object_type == "/Sig"
    ]
    return [(one.ades_subindic, one.oldest_evidence_record_timestamp) for one in results]


@pytest.mark.parametrize("at", [SOON, LONG_AFTER], ids=["soon", "long after"])
@pytest.mark.parametrize("root", [forge.ROOT, stranger()], ids=["known", "unknown"])
def test_a_chain_that_is_judged_once_comes_to_what_pyhanko_finds(
    root: bytes, at: datetime
) -> None:
    spec = ruled(root)
    ours, theirs = Reader(completed(), strict=True), PdfFileReader(io.BytesIO(completed()))

    found = judged(ours.embedded_signatures, spec, at=at)

    assert found == judged(theirs.embedded_signatures, spec, at=at)
    assert len(found) == 4
    assert len(collected(ours).outcomes) == 1


def test_other_roots_or_another_moment_are_another_question() -> None:
    reader, spec = Reader(completed(), strict=True), ruled()

    known = judged(reader.embedded_signatures, spec, at=SOON)
    unknown = judged(reader.embedded_signatures, ruled(stranger()), at=SOON)
    later = judged(reader.embedded_signatures, spec, at=SOON + timedelta(seconds=1))

    assert known == later != unknown
    assert len(collected(reader).outcomes) == 3


def test_a_signature_that_brings_its_own_knowledge_has_the_chain_judged_for_it() -> None:
    reader, spec = Reader(completed(), strict=True), ruled()
    brought = LocalKnowledge(known_certs=[x509.Certificate.load(forge.AUTHORITY.issuing.der)])

    judged(reader.embedded_signatures, spec, at=SOON)
    judged(reader.embedded_signatures, replace(spec, local_knowledge=brought), at=SOON)

    assert len(collected(reader).outcomes) == 2


def test_time_stamps_that_are_left_out_make_another_chain() -> None:
    document = opened(completed())
    whole = collected(document.reader)
    judge = Judge(roots_from([stranger()]), policy=PermittedChanges(), at=SOON)

    judge.leave_out_foreign_stamps(document)

    assert len(whole) == 4
    assert collected(document.reader) == []


def collected(reader: PdfFileReader) -> chain.Chain:
    found = chain.stamps_of(reader, True, None)
    assert isinstance(found, chain.Chain)
    return found
