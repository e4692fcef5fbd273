"""What every built revision has in common: on which one it stands, and where its bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from django.conf import settings

from paraph.documents.models import Document, Revision
from paraph.kit import files
from paraph.kit.faults import fault_point
from paraph.kit.ids import format_document_id
from paraph.sealing.draft import Draft, Paper, pieces
from paraph.sealing.model import Plan

MOST_IN_MEMORY = 4_000_000


@dataclass(frozen=True)
class Base:
    """A document's newest revision, opened."""

    document: Document
    revision: Revision

    @property
    def content(self) -> bytes:
        """All its bytes, however many: what may be large is ``opened``."""
        return files.get(self.revision.sha256)

    def opened(self) -> Paper:
        """Return the same to be written on: a large file as a fresh draft, which grows."""
        if self.revision.size <= MOST_IN_MEMORY:
            return self.content
        settings.PARAPH_DATA.mkdir(parents=True, exist_ok=True)  # files may lie elsewhere (S3)
        draft = Draft(settings.PARAPH_DATA)
        for piece in files.pieces_of(self.revision.sha256):
            draft.grow(piece)
        return draft

    @cached_property
    def plan(self) -> Plan:
        """How to append to these bytes."""
        return Plan.from_json(self.revision.plan)


@dataclass(frozen=True)
class Built:
    """A revision that is in the store, but not registered yet."""

    document_id: int
    after: int  # number of the revision that it was built on
    shown: str  # hash of that revision
    sha256: str
    size: int
    plan: str
    stamped_by: str = ""  # the service outside whose time stamp is the newest; else our own is
    until: datetime | None = None  # when the certificate of that time stamp ends


def built(
    base: Base,
    paper: Paper,
    plan: Plan,
    *,
    stamped_by: str = "",
    until: datetime | None = None,
) -> Built:
    """Put the bytes into the store and return what there is to register."""
    name = files.put_pieces(lambda: pieces(paper))
    fault_point("after-file")
    return Built(
        document_id=base.document.pk,
        after=base.revision.number,
        shown=base.revision.sha256,
        sha256=name,
        size=len(paper),
        plan=plan.to_json(),
        stamped_by=stamped_by,
        until=until,
    )


def named(document: Document) -> str:
    """Return how the document's ID is written on pages and in signatures."""
    return f"Paraph {format_document_id(document.code)}"


@cache
def page_font() -> bytes:
    """The font of everything that acts write on pages."""
    return (settings.FONTS / "NotoSans-Regular.ttf").read_bytes()
