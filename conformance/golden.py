"""Files of each release, kept and judged for ever: what once was whole must never be doubted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from conformance import samples
from conformance.samples import Filed, Sample

FOLDER = Path(__file__).parent / "golden"
# One of each make; the rest differs in what it shows, not in how it is written.
CHOSEN = (
    "two signers: prepared",
    "two signers: act 1",
    "two signers: completed",
    "came signed at B-B: completed",
    "certificate of B-B",
    "long ago: completed",
    "plain table: completed",
)
MOST_BYTES = 1_000_000


class AlreadyKept(Exception):
    """The files of a release are written once."""


def kept() -> Iterator[Filed]:
    """The files of all releases so far, each to be judged at the moments it was made for."""
    for release in sorted(path for path in FOLDER.glob("*") if path.is_dir()):
        for filed in samples.filed_in(release):
            named = replace(filed.sample, name=f"{release.name}: {filed.sample.name}")
            yield Filed(named, filed.path)


def keep(made: Iterable[Sample], *, version: str) -> Path:
    """Keep this release's files, once and for all."""
    folder = FOLDER / version
    if folder.exists():
        raise AlreadyKept(f"The files of {version} are kept already.")
    folder.mkdir(parents=True)
    for sample in made:
        if sample.name in CHOSEN:
            samples.file(sample, folder=folder)
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert size <= MOST_BYTES, f"{size} bytes are too many for a repository."
    return folder
