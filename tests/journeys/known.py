"""What the processes of a test run know together: lines of a file that each of them adds to."""

import json
from collections.abc import Iterable
from pathlib import Path


class Known:
    """Words that somebody has added; before it is shared, this process alone."""

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._file: Path | None = None
        self._read = 0

    def share(self, file: Path) -> None:
        """Read from now on what others add to the file, and add to it."""
        file.touch()
        self._file = file

    def all(self) -> set[str]:
        """Return everything that is known by now."""
        if self._file:
            with self._file.open("rb") as opened:
                opened.seek(self._read)
                whole = opened.read().rpartition(b"\n")[0]
            self._read += len(whole) + bool(whole)
            self._words.update(word for line in whole.splitlines() for word in json.loads(line))
        return self._words

    def add(self, words: Iterable[str]) -> None:
        """Let everybody know."""
        new = sorted(set(words) - self._words)
        self._words.update(new)
        if self._file and new:
            with self._file.open("ab", buffering=0) as opened:  # in one piece, behind the others
                opened.write(json.dumps(new).encode() + b"\n")
