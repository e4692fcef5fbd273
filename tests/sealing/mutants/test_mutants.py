"""None of the forgeries of our own files is intact, and what they change is told."""

import time
from collections.abc import Sequence
from functools import cache

import pytest

from paraph.sealing.analysis.differences import from_original
from paraph.sealing.report import Change
from paraph.sealing.sandboxed import LIMITS
from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify
from tests.sealing.mutants.all import mutants
from tests.sealing.mutants.bases import base
from tests.sealing.mutants.mutant import Mutant
from tests.sealing.mutants.seeing import different_pages

pytestmark = pytest.mark.slow

SHARES = 8
FEWEST = 300
WHOLE_PAGES = {"page-added", "page-removed", "page-moved"}


@cache
def _all() -> list[Mutant]:
    return list(mutants())


@pytest.mark.parametrize("name", ["certified", "first", "both", "completed", "upload"])
def test_our_own_file_is_intact_at_each_stage(name: str) -> None:
    assert verify(base(name), trust=[]).verdict == Verdict.INTACT


def test_there_are_enough_and_each_is_one_of_its_kind() -> None:
    assert len(_all()) >= FEWEST
    assert len({mutant.name for mutant in _all()}) == len(_all())


@pytest.mark.parametrize("share", range(SHARES))
def test_none_is_intact_and_what_a_reader_sees_is_told(share: int) -> None:
    mistaken, unnamed, worded, told = [], [], 0, []
    for mutant in _all()[share::SHARES]:
        file = _forged(mutant)
        begun = time.process_time()
        if verify(file, trust=[]).verdict == Verdict.INTACT:
            mistaken.append(mutant.name)
        assert time.process_time() - begun < LIMITS.cpu_seconds, mutant.name
        pages = different_pages(base(mutant.base), file)
        changes = _changes(mutant, file) if pages else []
        if pages and not _names(changes, pages):
            unnamed.append(mutant.name)
        if pages and mutant.rewrites_words:
            worded += 1
            told += [mutant.name] if _tells(changes, mutant) else []

    assert mistaken == []
    assert unnamed == []
    assert len(told) >= 0.9 * worded, told


def _forged(mutant: Mutant) -> bytes:
    file = mutant.forge(base(mutant.base))
    assert file != base(mutant.base), mutant.name
    return file


def _changes(mutant: Mutant, file: bytes) -> list[Change]:
    """Return what the check tells where the file as it was is registered."""
    found = from_original(file, original=base(mutant.base), is_intact=False)
    return [each.change for each in found or []]


def _names(changes: Sequence[Change], pages: set[int]) -> bool:
    """Tell whether every page that looks different is named; a page that came moves others."""
    if {each.kind for each in changes} & WHOLE_PAGES:
        return True
    return pages <= {each.page for each in changes}


def _tells(changes: Sequence[Change], mutant: Mutant) -> bool:
    before = " ".join(each.before for each in changes)
    after = " ".join(each.after for each in changes)
    return mutant.gone in before and mutant.come in after
