"""What happens when contacts come in from a file."""

from dataclasses import dataclass

from paraph.journal import Event


@dataclass(frozen=True)
class ContactImported(Event):
    """Somebody new came into the directory from a file."""

    name = "contact.imported"
    contact_id: int
    full_name: str
    import_number: int
    file_name: str


@dataclass(frozen=True)
class ContactUpdatedByImport(Event):
    """A file changed what is written about a contact; each with its value before and after."""

    name = "contact.updated-by-import"
    contact_id: int
    import_number: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class ImportUndone(Event):
    """What a file had changed about a contact was taken back."""

    name = "contact.import-undone"
    contact_id: int
    full_name: str
