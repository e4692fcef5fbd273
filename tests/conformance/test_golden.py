"""What a release sealed is whole for ever, by what our own check says of it today."""

from dataclasses import replace

import pytest

from conformance import golden
from conformance.judges import by_paraph, by_structure

pytestmark = pytest.mark.slow


def test_files_of_every_release_are_still_found_in_order() -> None:
    kept = list(golden.kept())

    objections = [
        (filed.sample.name, objection)
        for filed in kept
        for judge in (by_paraph, by_structure)
        for objection in judge(filed)
    ]

    assert len(kept) >= len(golden.CHOSEN)
    assert objections == []


def test_a_golden_file_with_one_changed_byte_is_not_in_order() -> None:
    filed = next(iter(golden.kept()))
    changed = filed.sample.content.replace(b"/Reason", b"/Raeson", 1)
    spoilt = replace(filed, sample=replace(filed.sample, content=changed))

    assert list(by_paraph(spoilt))
