"""Every kind of file that Paraph makes. Who adds a kind of file to Paraph adds it here.

A kind is a function that yields samples, listed with the place where it is made: in a trial
installation, in a real one, or by sealing alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from conformance.samples import Sample

Make = Callable[[], Iterator[Sample]]


class Place(StrEnum):
    """Where a file is made; each place is a process with an installation of its own."""

    TRIAL = "trial"
    REAL = "real"
    SEALING = "sealing"


def made_in(place: Place) -> list[Make]:
    """The kinds of a place; imported late, because only two of them have a database."""
    if place is Place.SEALING:
        from conformance import papers

        return [
            papers.long_ago,
            papers.plain_tables,
            papers.after_renewal,
            papers.one_signer,
            papers.invisible,
            papers.brought_with_tables,
            papers.certified_elsewhere,
        ]
    from conformance import converted, generated, walks

    if place is Place.REAL:
        return [walks.three_signers, walks.hundred_pages]
    return [
        walks.two_signers,
        walks.every_kind_of_field,
        walks.turned_and_cropped,
        walks.came_signed,
        walks.typeset_certificates,
        walks.company_seals,
        walks.stamped_outside,
        walks.renewed,
        converted.word,
        generated.built_in,
    ]
