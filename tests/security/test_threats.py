"""The threat model names tests: each of them exists under the name it is given there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "security" / "threats.md"
NAMED = re.compile(r"`(tests/[\w/]+(?:\.py)?)(?:::(\w+))?`((?:, `::\w+`)*)")


def test_every_threat_names_a_test_that_exists() -> None:
    missing = []
    for file, first, more in NAMED.findall(PAGE.read_text(encoding="utf-8")):
        path = ROOT / file
        names = [name for name in (first, *re.findall(r"::(\w+)", more)) if name]
        source = path.read_text(encoding="utf-8") if path.is_file() else ""
        missing += [file] if not path.exists() else []
        missing += [f"{file}::{name}" for name in names if f"def {name}(" not in source]

    assert missing == []
