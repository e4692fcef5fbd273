"""A file that is to be judged, with what everybody must find in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """One file of ours, and what it states.

    ``level`` is what each of our own signatures reaches, ``signatures`` how many there are.
    The first ``brought`` bytes came signed from elsewhere: they must stay whole, but what
    was signed in them is not ours to answer for. A file without ``signatures`` is judged by
    the ``profiles`` it claims alone.
    """

    name: str
    content: bytes = b""
    trust: bytes = b""
    signatures: int = 0
    level: str = "B-LTA"
    values: Mapping[str, str] = field(default_factory=dict)
    brought: int = 0
    profiles: Sequence[str] = ()
    moments: Sequence[str] = ()


@dataclass(frozen=True)
class Filed:
    """A sample in a folder, where other programs can read it."""

    sample: Sample
    path: Path

    @property
    def trust(self) -> Path:
        """The root that is trusted, as PEM."""
        return self.path.with_suffix(".pem")


def file(sample: Sample, *, folder: Path) -> Filed:
    """Write a sample with its root and its expectations beside it."""
    path = folder / f"{sample.name.replace(' ', '-').replace(':', '')}.pdf"
    path.write_bytes(sample.content)
    filed = Filed(sample, path)
    filed.trust.write_bytes(sample.trust)
    expected = {**asdict(sample), "content": "", "trust": ""}
    path.with_suffix(".json").write_text(json.dumps(expected, indent=1), encoding="utf-8")
    return filed


def filed_in(folder: Path) -> Iterator[Filed]:
    """Read back what lies in a folder, in the order of its names."""
    for path in sorted(folder.glob("*.pdf")):
        expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        content, trust = path.read_bytes(), path.with_suffix(".pem").read_bytes()
        yield Filed(Sample(**{**expected, "content": content, "trust": trust}), path)
