"""The ``paraph`` command answers mistakes in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PARAPH = [sys.executable, "-m", "paraph.config.cli"]


def test_a_command_without_data_says_which_folder_it_looked_in(tmp_path: Path) -> None:
    env = {**os.environ, "PARAPH_DATA": str(tmp_path / "nothing"), "DATABASE_URL": ""}

    run = subprocess.run(
        [*PARAPH, "vault", "export", "--to", str(tmp_path / "out")],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 1
    assert "PARAPH_DATA" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (tmp_path / "out").exists()
