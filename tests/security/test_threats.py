"""The pages on security name tests: each exists under the name it is given there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("threats.md", "asvs.md")
NAMED = re.compile(r"`(tests/[\w/]+(?:\.py)?)(?:::(\w+))?`((?:, `::\w+`)*)")


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_a_page_names_exists(page: str) -> None:
    missing = []
    text = (ROOT / "docs" / "security" / page).read_text(encoding="utf-8")
    for file, first, more in NAMED.findall(text):
        path = ROOT / file
        names = [name for name in (first, *re.findall(r"::(\w+)", more)) if name]
        source = path.read_text(encoding="utf-8") if path.is_file() else ""
        missing += [file] if not path.exists() else []
        missing += [f"{file}::{name}" for name in names if f"def {name}(" not in source]

    assert missing == []
