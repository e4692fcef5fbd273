"""Signed and forged files of other makers get the verdict that is written beside them.

The folder in PARAPH_PDF_CORPUS holds the files and an `index.tsv` with the columns `file`,
`must_be` and `best_verdict`.
"""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from paraph.sealing.verdicts import Verdict
from paraph.sealing.verify import verify

pytestmark = pytest.mark.slow

VARIABLE = "PARAPH_PDF_CORPUS"
ABSENT = pytest.param(
    None, marks=pytest.mark.skip(reason=f"{VARIABLE} does not name a folder of signed PDFs")
)


def _rows() -> Iterator[object]:
    folder = os.environ.get(VARIABLE)
    if not folder:
        yield ABSENT
        return
    with Path(folder, "index.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield pytest.param((Path(folder, row["file"]), row), id=row["file"])


@pytest.mark.parametrize("case", list(_rows()))
def test_a_foreign_file_gets_the_verdict_it_deserves(case: tuple[Path, dict[str, str]]) -> None:
    path, row = case

    verdict = verify(path.read_bytes(), trust=[]).verdict

    assert (verdict == Verdict.INTACT) == (row["must_be"] == "intact")
    assert verdict == row["best_verdict"]
