"""Refuse lock files that name the address of a registry, or that leave a hash out."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.source import ROOT, Violation, tell

ADDRESS = re.compile(r"^\s*(--(extra-)?index-url|--find-links|-f |-i )|@\s*(https?|file)://")
PIN = re.compile(r"^[A-Za-z0-9][\w.\[\],-]*\s*==")


def violations(root: Path) -> Iterator[Violation]:
    """Yield every line of a lock file that ties it to one machine or leaves it open."""
    for path in sorted([*root.glob("requirements/*.txt"), *root.glob("bench/*/requirements.txt")]):
        yield from _in_requirements(path)
    for path in sorted(
        [*root.glob("frontend/package-lock.json"), *root.glob("bench/*/package-lock.json")]
    ):
        yield from _in_package_lock(path)


def _in_requirements(path: Path) -> Iterator[Violation]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if ADDRESS.search(line):
            yield Violation(path, number, "names an address.")
        if PIN.match(line) and not "".join(lines[number : number + 1]).strip().startswith(
            "--hash="
        ):
            yield Violation(path, number, "has no hash.")


def _in_package_lock(path: Path) -> Iterator[Violation]:
    packages = json.loads(path.read_text(encoding="utf-8"))["packages"]
    for name, package in packages.items():
        if "resolved" in package:
            yield Violation(path, 1, f"{name} names an address.")
        if name and "integrity" not in package and not package.get("link"):
            yield Violation(path, 1, f"{name} has no hash.")


if __name__ == "__main__":
    sys.exit(tell(violations(ROOT), checked="lock files"))
