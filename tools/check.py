"""Run every check of the repository and say at the end which of them refused something."""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tools.source import ROOT

PYTHON = sys.executable
CODE = ("conftest.py", "paraph", "tests", "tools", "bench", "conformance")


@dataclass(frozen=True)
class Check:
    """A program that refuses something by its exit status."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT

    def passes(self) -> bool:
        """Run it, show what it says, and tell whether it was content."""
        print(f"── {self.name}", flush=True)
        begun = time.monotonic()
        status = subprocess.run(self.command, cwd=self.folder, check=False).returncode
        print(f"   {time.monotonic() - begun:.1f} s", flush=True)
        return status == 0


def _program(name: str) -> str:
    return str(Path(PYTHON).parent / name)


QUICK = (
    Check("style", (_program("ruff"), "check", "--quiet", ".")),
    Check("format", (_program("ruff"), "format", "--check", "--quiet", ".")),
    Check("sizes", (PYTHON, "-m", "tools.check_sizes")),
    Check("habits", (PYTHON, "-m", "tools.check_style")),
    Check("islands", (PYTHON, "-m", "tools.check_islands")),
    Check("lock files", (PYTHON, "-m", "tools.check_locks")),
    Check("templates", (PYTHON, "-m", "tools.check_templates")),
    Check("texts", (PYTHON, "-m", "tools.extract_messages", "--check")),
)
SLOW = (
    Check("layers", (_program("lint-imports"), "--no-logo")),
    Check("migrations", (PYTHON, "-m", "django", "makemigrations", "--check", "--dry-run")),
    Check("life cycle page", (PYTHON, "-m", "tools.write_lifecycle", "--check")),
    Check("scripts", ("npm", "run", "--silent", "check"), ROOT / "frontend"),
    Check("types", (PYTHON, "-m", "mypy", *CODE)),
)


def main(arguments: list[str]) -> int:
    """Run the checks (``--quick``: those that answer within seconds)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
    with tempfile.TemporaryDirectory() as data:  # nobody's installation is looked at
        os.environ["PARAPH_DATA"] = data
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    checks = QUICK if "--quick" in arguments else (*QUICK, *SLOW)
    refused = [check.name for check in checks if not check.passes()]
    print(f"\nRefused by: {', '.join(refused)}." if refused else "\nAll checks are content.")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
