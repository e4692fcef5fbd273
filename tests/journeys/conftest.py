"""Browsers and installations for journeys."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.installation import Running, running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Use the machine's own Chromium; as root it needs to run without its sandbox."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: journeys need it")
    return {"executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def paraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run one installation on SQLite for all journeys."""
    folder: Path = tmp_path_factory.mktemp("journeys")
    with running(folder) as installation:
        yield installation
