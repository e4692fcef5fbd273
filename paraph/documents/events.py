"""What happened to documents."""

from dataclasses import dataclass
from typing import ClassVar

from paraph.journal.events import Event


@dataclass(frozen=True)
class DocumentAdded(Event):
    """A document was uploaded, and what had to be taken out of it."""

    name: ClassVar[str] = "document.added"

    document_id: int
    title: str
    sha256: str
    pages: int
    removed: list[str]


@dataclass(frozen=True)
class DocumentRenamed(Event):
    """A document has another title."""

    name: ClassVar[str] = "document.renamed"

    document_id: int
    title: str
    before: str


@dataclass(frozen=True)
class DocumentDeleted(Event):
    """A document that was part of nothing is gone."""

    name: ClassVar[str] = "document.deleted"

    document_id: int
    title: str


@dataclass(frozen=True)
class DocumentHandedOver(Event):
    """Who was responsible left; somebody else is now."""

    name: ClassVar[str] = "document.handed-over"

    document_id: int
    changes: dict[str, list[str]]
