"""Lock files: no address of a registry, and a hash for everything."""

import json
from pathlib import Path

import pytest

from tests.tools.place import put, sentences
from tools import check_locks

PINNED = "django==5.2.1 \\\n    --hash=sha256:00\n"


def test_a_pin_with_its_hash_passes(tmp_path: Path) -> None:
    put(tmp_path, "requirements/base.txt", PINNED)

    assert sentences(check_locks.violations(tmp_path)) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "--find-links /wheels",
        "a @ https://example.org/a",
    ],
)
def test_an_address_is_refused(tmp_path: Path, line: str) -> None:
    put(tmp_path, "requirements/base.txt", f"{line}\n{PINNED}")

    assert sentences(check_locks.violations(tmp_path)) == ["names an address."]


def test_a_pin_without_a_hash_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "requirements/base.txt", "django==5.2.1\n")

    assert sentences(check_locks.violations(tmp_path)) == ["has no hash."]


def test_a_resolved_address_of_a_node_package_is_refused(tmp_path: Path) -> None:
    package = {"resolved": "https://example.org/htmx.tgz", "integrity": "sha512-00"}
    lock = {"packages": {"": {}, "node_modules/htmx.org": package}}
    put(tmp_path, "frontend/package-lock.json", json.dumps(lock))

    assert sentences(check_locks.violations(tmp_path)) == [
        "node_modules/htmx.org names an address."
    ]
