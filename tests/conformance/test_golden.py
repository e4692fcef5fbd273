"""What a release sealed is whole for ever, by what our own check says of it today."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from conformance import golden
from conformance.judges import by_paraph, by_structure
from paraph.sealing.evidence import evidence_in
from paraph.tlog.notes import Verifier
from paraph.tlog.proofs import Proof, check

pytestmark = pytest.mark.slow


def test_a_file_of_every_release_is_still_found_in_order() -> None:
    """One of each: ``make conformance`` has all of them judged, by us and by others."""
    completed = [it for it in golden.kept() if it.sample.name.endswith(": completed")]
    one_each = {it.sample.name.partition(":")[0]: it for it in completed}

    objections = [
        (filed.sample.name, objection)
        for filed in one_each.values()
        for judge in (by_paraph, by_structure)
        for objection in judge(filed)
    ]

    assert len(one_each) >= 2
    assert objections == []


def test_kept_files_prove_their_facts_in_the_public_log() -> None:
    told = [evidence_in(filed.sample.content) for filed in golden.kept()]
    proving = [each for each in told if each and "log" in each]

    proven = [_proven(each) for each in proving]

    assert len(proving) >= 3
    assert min(proven) >= 2


def _proven(told: Mapping[str, Any]) -> int:  # JSON
    """Check each proof that a file brings against the checkpoint in it; their number."""
    by, note = Verifier.of(told["log"]["key"]), told["log"]["checkpoint"]
    placed = [fact for fact in told["facts"] if "index" in fact]
    for fact in placed:
        path = tuple(bytes.fromhex(sibling) for sibling in fact["path"])
        check(Proof(fact["index"], path, note), entry=bytes.fromhex(fact["commitment"]), by=by)
    return len(placed)


def test_a_golden_file_with_one_changed_byte_is_not_in_order() -> None:
    filed = next(iter(golden.kept()))
    changed = filed.sample.content.replace(b"/Reason", b"/Raeson", 1)
    spoilt = replace(filed, sample=replace(filed.sample, content=changed))

    assert list(by_paraph(spoilt))
