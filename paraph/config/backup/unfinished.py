"""The mark of a restore that has begun and not ended: nothing may work on what is half there.

Whoever starts anything here is refused while it stands; the same restore, run again, goes on.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from paraph.config.secrets import data_folder

NAME = "restoring.json"
UNFINISHED = (
    "A restore was begun here and has not ended. Run 'paraph restore' with the same archive "
    "again: it goes on where it was."
)


@dataclass(frozen=True)
class Mark:
    """Which backup is being restored, and since when."""

    backup: str
    began: str

    @property
    def began_at(self) -> datetime:
        """The moment that everything of this restore bears, however often it is run."""
        return datetime.fromisoformat(self.began)


def found() -> Mark | None:
    """Return the mark of a restore that has not ended."""
    try:
        return Mark(**json.loads(_file().read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def is_marked() -> bool:
    """Tell whether a restore into this data folder has not ended; no setting is read for it."""
    return _file().exists()


def begin(backup: str, *, at: datetime) -> Mark:
    """Leave the mark before anything else is written."""
    mark = Mark(backup, at.isoformat())
    draft = _file().with_name(f".{NAME}")
    draft.parent.mkdir(parents=True, exist_ok=True)
    draft.write_text(json.dumps(asdict(mark)), encoding="utf-8")
    keep(draft)
    draft.rename(_file())
    keep(_file().parent)
    return mark


def end() -> None:
    """Take the mark away when all is there."""
    _file().unlink(missing_ok=True)
    keep(_file().parent)


def keep(path: Path) -> None:
    """Have the disk keep a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _file() -> Path:
    return data_folder() / NAME
