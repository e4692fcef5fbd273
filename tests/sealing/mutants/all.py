"""Every mutant: which attack is tried on which file."""

from collections.abc import Iterator
from itertools import islice

from tests.sealing.mutants import (
    annotations,
    catalogue,
    endings,
    fields,
    flips,
    fonts,
    pages,
    rewrites,
    signatures,
)
from tests.sealing.mutants.mutant import Attack, Mutant


def mutants() -> Iterator[Mutant]:
    """Return all of them, each with a name of its own.

    A completed file has more versions to review, so every second update is tried on it.
    """
    for name, each in (("first", 3), ("completed", 2), ("upload", 1), ("certified", 1)):
        yield from flips.flips(name, each=each)
    yield from _on("first", _updates())
    yield from _on("completed", islice(_updates(), 0, None, 2))
    yield from _on("both", fields.fields())
    yield from _on("first", endings.endings())
    yield from _on("completed", endings.endings())
    yield from _on("first", signatures.signatures())
    yield from _on("completed", rewrites.rewrites())
    yield from _on("upload", catalogue.revealed())
    yield from _on("upload", pages.words())


def _updates() -> Iterator[Attack]:
    yield from pages.pages()
    yield from annotations.annotations()
    yield from fields.fields()
    yield from fields.signatures_in_form()
    yield from catalogue.entries()
    yield from catalogue.layers()
    yield from fonts.fonts()


def _on(base: str, attacks: Iterator[Attack]) -> Iterator[Mutant]:
    return (attack.on(base) for attack in attacks)
