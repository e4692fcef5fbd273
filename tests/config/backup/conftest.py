"""Two places for installations on either database: one that is lived in, one to restore to."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests import tables
from tests.conftest import postgres_database

PARAPH = (sys.executable, "-m", "paraph.config.cli")
HOUSE = (sys.executable, "-m", "tests.config.backup.house")


@dataclass
class Place:
    """Where an installation is or will be."""

    folder: Path
    url: str
    key: str = field(default_factory=lambda: secrets.token_hex(32))

    def bring_key(self, key: str = "") -> None:
        """Put a master key where the installation looks for it."""
        self.folder.mkdir(exist_ok=True)
        (self.folder / "master.key").write_text(key or self.key, encoding="ascii")

    def paraph(self, *words: str | Path, fault: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command of ours, to be killed at a fault point."""
        command, env = [*PARAPH, *map(str, words)], {**self._environment, "PARAPH_FAULT": fault}
        return subprocess.run(command, env=env, capture_output=True, text=True)

    def ask(self, verb: str) -> Any:  # JSON
        """Have a process of the house do one thing."""
        run = subprocess.run([*HOUSE, verb], env=self._environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout.splitlines()[-1])

    def live(self) -> subprocess.Popen[str]:
        """Start a process that moves in and then works without end."""
        pipe = subprocess.PIPE
        return subprocess.Popen([*HOUSE, "live"], env=self._environment, stdout=pipe, text=True)

    @property
    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "PARAPH_DATA": str(self.folder),
            "DATABASE_URL": self.url,
            "PARAPH_JOBS": "inline",
            "PARAPH_URL": "http://sign.example.org",
        }


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    """A place with its master key, and another one with nothing."""
    with ExitStack() as stack:
        urls = ["", ""]
        if request.param == "postgres":
            server = request.getfixturevalue("postgres_server")
            full = request.getfixturevalue("postgres_tables_of_paraph")
            urls = [
                stack.enter_context(postgres_database(server, template=template))
                for template in (full, "template1")
            ]
        here, there = (
            Place(tmp_path / name, url) for name, url in zip(("here", "there"), urls, strict=True)
        )
        here.bring_key()
        if not here.url:
            tables.furnish(here.folder)
        yield here, there
