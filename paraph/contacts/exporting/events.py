"""What happens to contacts as a whole."""

from dataclasses import dataclass

from paraph.journal import Event


@dataclass(frozen=True)
class ContactsExported(Event):
    """Somebody took contacts out of the directory as a file."""

    name = "contacts.exported"
    format: str
    rows: int
    batch_id: int | None
