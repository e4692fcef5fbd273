"""What a verb of the child works on: a private folder with inputs, options and results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OPTIONS, ANSWER, INPUT = "options.json", "answer.json", "input-"
WORKSHOP = "workshop"  # what lies in there is of no interest to the parent


@dataclass(frozen=True)
class Job:
    """One call of the child: files in order, options by name."""

    folder: Path
    inputs: tuple[Path, ...]
    options: Mapping[str, Any]  # what JSON can say

    @classmethod
    def in_folder(cls, folder: Path) -> Job:
        """Read the job that the parent laid down."""
        inputs = sorted(folder.glob(f"{INPUT}*"), key=lambda path: int(path.name[len(INPUT) :]))
        return cls(folder, tuple(inputs), json.loads((folder / OPTIONS).read_text("utf-8")))

    def result(self, name: str) -> Path:
        """Where a result file goes; the parent reads it by this name."""
        return self.folder / name

    @property
    def workshop(self) -> Path:
        """A folder for what nobody else reads."""
        folder = self.folder / WORKSHOP
        folder.mkdir(exist_ok=True)
        return folder

    def answer(self, answer: Mapping[str, Any]) -> None:
        """Leave the answer for the parent."""
        (self.folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")
