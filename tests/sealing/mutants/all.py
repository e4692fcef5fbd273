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

    Every version that a file has makes its review longer, so most are tried on the shortest
    file that they can forge, and a share of them on the longer ones.
    """
    for name, each in (("certified", 3), ("first", 1), ("completed", 1), ("upload", 1)):
        yield from flips.flips(name, each=each)
    yield from _on("certified", _changes_of_the_paper())
    yield from _on("first", _changes_around_it())
    yield from _on("first", islice(_changes_of_the_paper(), 0, None, 3))
    yield from _on("completed", islice(_changes(), 0, None, 4))
    yield from _on("both", fields.fields())
    yield from _on("first", islice(endings.endings(), 0, None, 2))
    yield from _on("completed", endings.endings())
    yield from _on("first", signatures.signatures())
    yield from _on("completed", rewrites.rewrites())
    yield from _on("upload", catalogue.revealed())
    yield from _on("upload", pages.words())


def _changes() -> Iterator[Attack]:
    yield from _changes_of_the_paper()
    yield from _changes_around_it()


def _changes_of_the_paper() -> Iterator[Attack]:
    yield from pages.pages()
    yield from catalogue.layers()
    yield from fonts.fonts()


def _changes_around_it() -> Iterator[Attack]:
    """What lies around the words; some of it may change until there is a signature to break."""
    yield from annotations.annotations()
    yield from catalogue.entries()
    yield from fields.fields()
    yield from fields.signatures_in_form()


def _on(base: str, attacks: Iterator[Attack]) -> Iterator[Mutant]:
    return (attack.on(base) for attack in attacks)
