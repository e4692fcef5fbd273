"""Write docs/lifecycle.md from the tables that the code obeys; ``--check`` only compares."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from paraph.signing import lifecycle
from tools.source import ROOT, Violation, tell

PAGE = ROOT / "docs" / "lifecycle.md"
Arrow = tuple[str, str, str]

HEAD = """\
# Life cycles

Written by `make lifecycle` from `paraph/signing/lifecycle.py`: change the table there.
The database repeats the statuses as check constraints, and `take()` is the only writer of them.
"""


def page() -> str:
    """Return the page as the tables stand now."""
    parts = [
        HEAD,
        _section("Envelope", lifecycle.LIFECYCLE),
        _section("Party", lifecycle.PARTY_LIFECYCLE),
    ]
    return "\n".join(parts)


def _section(title: str, table: Mapping[Any, tuple[Any, Any]]) -> str:
    arrows = [arrow for step, ends in table.items() for arrow in _arrows(step, *ends)]
    return "\n".join([f"## {title}\n", *_diagram(arrows), "", *_table(arrows), ""])


def _arrows(step: str, before: str | frozenset[str], after: str) -> list[Arrow]:
    starts = [before] if isinstance(before, str) else sorted(before)
    return [(str(start), str(step), str(after)) for start in starts]


def _diagram(arrows: list[Arrow]) -> list[str]:
    lines = [f"    {start} --> {end}: {step}" for start, step, end in arrows]
    return ["```mermaid", "stateDiagram-v2", f"    [*] --> {arrows[0][0]}", *lines, "```"]


def _table(arrows: list[Arrow]) -> list[str]:
    rows = [f"| {start} | {step} | {end} |" for start, step, end in arrows]
    return ["| from | step | to |", "| --- | --- | --- |", *rows]


def _outdated(path: Path, text: str) -> list[Violation]:
    current = path.read_text(encoding="utf-8") if path.exists() else ""
    return [] if current == text else [Violation(path, 1, "is behind the code: make lifecycle.")]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(tell(_outdated(PAGE, page()), checked="life cycle page"))
    PAGE.write_text(page(), encoding="utf-8")
