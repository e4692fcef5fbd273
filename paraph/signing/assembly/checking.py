"""The look at a built file before it is kept: nothing leaves that is not whole."""

from __future__ import annotations

from collections.abc import Mapping

from paraph.documents.models import RevisionKind
from paraph.sealing import release

from .building import Base


def check(
    base: Base, content: bytes, *, expected: Mapping[str, str | bool], acts: int, is_closed: bool
) -> None:
    """Raise ``NotReleasable`` unless the file is whole and has so many acts.

    An upload that came with signatures is not certified, and has no form fields to read back.
    """
    seals = int(is_closed) + int(not base.document.was_signed)
    brought = _brought(base) if base.document.was_signed else 0
    release.check(
        content,
        expected={} if brought else expected,
        signatures=acts + seals,
        brought=brought,
    )


def _brought(base: Base) -> int:
    """Return how many bytes were there before us."""
    uploaded = base.document.revisions.filter(
        kind__in=[RevisionKind.UPLOADED, RevisionKind.ORIGINAL]
    )
    return uploaded.latest("number").size
