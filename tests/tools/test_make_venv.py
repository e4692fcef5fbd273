"""A machine that lacks something is told what, in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

from tests.tools.place import put
from tools.source import ROOT


def test_a_python_without_venv_says_how_to_get_it(tmp_path: Path) -> None:
    put(tmp_path, "ensurepip.py", "raise ImportError\n")

    told = subprocess.run(
        [sys.executable, ROOT / "tools/make_venv.py", tmp_path / "venv"],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 1
    assert "apt-get install python3-venv" in told.stderr
    assert not (tmp_path / "venv").exists()
