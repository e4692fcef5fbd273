"""The facts of the vault, in the past tense; none of them says what a document says."""

from __future__ import annotations

from dataclasses import dataclass

from paraph.journal.events import Event


@dataclass(frozen=True)
class VaultExported(Event):
    """Somebody took the list of signed files out of the house."""

    name = "vault.exported"
    rows: int
    format: str


@dataclass(frozen=True)
class ArchiveTaken(Event):
    """Somebody began to take signed files out of the house in one archive."""

    name = "vault.archive-taken"
    archive: str
    files: int


@dataclass(frozen=True)
class FileTaken(Event):
    """A signed file went out of the house in somebody's archive, its evidence with it."""

    name = "vault.file-taken"
    document_id: int
    envelope_id: int
    archive: str


@dataclass(frozen=True)
class FileSaved(Event):
    """Somebody took a signed file, its evidence or its certificate out of the house, by itself."""

    name = "vault.file-saved"
    document_id: int
    envelope_id: int
    what: str  # file, evidence or certificate


@dataclass(frozen=True)
class ClassChanged(Event):
    """A signed file belongs to another class, and so to another retention."""

    name = "vault.class-changed"
    document_id: int
    changes: dict[str, list[str]]  # {"class": [before, now]}, by their keys


@dataclass(frozen=True)
class RetentionChanged(Event):
    """How long classes are kept was changed; nothing stands for ever."""

    name = "vault.retention-changed"
    changes: dict[str, list[int | None]]  # by class: years before and now


@dataclass(frozen=True)
class HoldPlaced(Event):
    """Something must stay, whatever its class says."""

    name = "hold.placed"
    reason: str
    document_id: int | None = None
    envelope_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True)
class HoldLifted(Event):
    """Something need not stay any more."""

    name = "hold.lifted"
    reason: str
    document_id: int | None = None
    envelope_id: int | None = None
    contact_id: int | None = None


@dataclass(frozen=True)
class RetentionRefused(Event):
    """A document's retention has ended, and something in the database still needs it."""

    name = "vault.retention-refused"
    document_id: int
    envelope_id: int
    why: str


@dataclass(frozen=True)
class EnvelopeErased(Event):
    """An envelope that ended unsigned went with a person's data."""

    name = "vault.envelope-erased"
    envelope_id: int
    erasure: int


@dataclass(frozen=True)
class DocumentDestroyed(Event):
    """A signed document is no longer kept; its tombstone says what it was."""

    name = "vault.document-destroyed"
    document_id: int
    envelope_id: int
    code: str
    cause: str
    years: int | None = None
