"""What every built revision has in common: on which one it stands, and where its bytes are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from io import SEEK_END, BytesIO

from django.conf import settings

from paraph.documents.models import Document, Revision
from paraph.kit import files
from paraph.kit.faults import fault_point
from paraph.kit.ids import format_document_id
from paraph.sealing.model import Plan


@dataclass(frozen=True)
class Base:
    """A document's newest revision, opened."""

    document: Document
    revision: Revision

    @cached_property
    def content(self) -> bytes:
        """The bytes, as they were registered."""
        return files.get(self.revision.sha256)

    def handed_over(self) -> BytesIO:
        """The bytes as a buffer that alone holds them, so that a large file is there once."""
        buffer = BytesIO(self.content)
        self.__dict__.pop("content")
        return buffer

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


def extended(buffer: BytesIO, tail: bytes) -> bytes:
    """Append a tail in place: a buffer that nobody shares grows without a second copy."""
    buffer.seek(0, SEEK_END)
    buffer.write(tail)
    return buffer.getvalue()


def built(
    base: Base,
    content: bytes,
    plan: Plan,
    *,
    stamped_by: str = "",
    until: datetime | None = None,
) -> Built:
    """Put the bytes into the store and return what there is to register."""
    name = files.put(content)
    fault_point("after-file")
    return Built(
        document_id=base.document.pk,
        after=base.revision.number,
        shown=base.revision.sha256,
        sha256=name,
        size=len(content),
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
