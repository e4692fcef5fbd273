"""Opens a foreign file as the child does, without its walls."""

import json
import tempfile
from pathlib import Path
from typing import Any

from paraph.contacts.importing.child.reading import ROWS, read
from paraph.kit.child.job import Job


def opened(content: bytes) -> tuple[dict[str, Any], list[list[str]]]:
    """Return what is told of a file, and its rows; raises ``Refusal``."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "input-0").write_bytes(content)
        (folder / "options.json").write_text(json.dumps({"most_rows": 1000}))
        answer = read(Job.in_folder(folder))
        lines = (folder / ROWS).read_text(encoding="utf-8").split("\n")[:-1]
        return answer, [json.loads(line)[1] for line in lines]
