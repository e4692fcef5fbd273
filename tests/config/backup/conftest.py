"""Two places for installations on either database: one that is lived in, one to restore to."""

import json
import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from tests import tables
from tests.conftest import postgres_database
from tests.hosts import INSTALLATION, Child, Host


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
        own = {**self._environment, "PARAPH_FAULT": fault}
        return self.host.run("paraph.config.cli", *map(str, words), environment=own)

    def ask(self, verb: str) -> Any:  # JSON
        """Have a process of the house do one thing."""
        run = self.host.run("tests.config.backup.house", verb)
        assert run.returncode == 0, run.stderr
        return json.loads(run.stdout.splitlines()[-1])

    def live(self) -> Child:
        """Start a process that moves in and then works without end."""
        return self.host.start("tests.config.backup.house", "live", talks=True)

    def close(self) -> None:
        """End all processes, and read the settings anew when there are others."""
        self.host.close()
        del self.host

    @cached_property
    def host(self) -> Host:
        """What all its processes are forks of."""
        return Host(*INSTALLATION, environment=self._environment)

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
        for place in (here, there):
            stack.callback(place.close)
        yield here, there
