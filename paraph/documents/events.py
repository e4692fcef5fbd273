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


@dataclass(frozen=True)
class DocumentGenerated(Event):
    """A document was made from a template, about a deal."""

    name: ClassVar[str] = "document.generated"

    document_id: int
    template_id: int
    title: str
    number: str
    sha256: str
    deal_id: int | None = None
    contact_id: int | None = None
    company_id: int | None = None


@dataclass(frozen=True)
class DocumentRegenerated(Event):
    """A document was made again, with the number that it had."""

    name: ClassVar[str] = "document.regenerated"

    document_id: int
    template_id: int
    title: str
    number: str
    sha256: str
    deal_id: int | None = None


@dataclass(frozen=True)
class TemplateCreated(Event):
    """There is a new template."""

    name: ClassVar[str] = "template.created"

    template_id: int
    title: str


@dataclass(frozen=True)
class TemplateEdited(Event):
    """What is written about a template changed."""

    name: ClassVar[str] = "template.edited"

    template_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class TemplateVersionAdded(Event):
    """A template has a newer file."""

    name: ClassVar[str] = "template.version-added"

    template_id: int
    number: int
    file_name: str
    sha256: str
    problems: int


@dataclass(frozen=True)
class TemplateDeleted(Event):
    """A template of which nothing was made is gone."""

    name: ClassVar[str] = "template.deleted"

    template_id: int
    title: str


@dataclass(frozen=True)
class SeriesCreated(Event):
    """Documents can be numbered by a new rule."""

    name: ClassVar[str] = "series.created"

    series_id: int
    title: str


@dataclass(frozen=True)
class SeriesEdited(Event):
    """The rule of a series changed."""

    name: ClassVar[str] = "series.edited"

    series_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class SeriesDeleted(Event):
    """A series that gave no number is gone."""

    name: ClassVar[str] = "series.deleted"

    series_id: int
    title: str
