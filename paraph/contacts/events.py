"""What happens to contacts and companies."""

from dataclasses import dataclass

from paraph.journal import Event


@dataclass(frozen=True)
class ContactCreated(Event):
    """Somebody new is in the directory."""

    name = "contact.created"
    contact_id: int
    full_name: str


@dataclass(frozen=True)
class ContactEdited(Event):
    """Fields of a contact changed; each with its value before and after."""

    name = "contact.edited"
    contact_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class ContactDeleted(Event):
    """A contact was taken out of the directory."""

    name = "contact.deleted"
    contact_id: int
    full_name: str


@dataclass(frozen=True)
class CompanyCreated(Event):
    """A company was added: one of ours, or a client's."""

    name = "company.created"
    company_id: int
    company_name: str
    is_ours: bool


@dataclass(frozen=True)
class CompanyEdited(Event):
    """Requisites of a company changed; each with its value before and after."""

    name = "company.edited"
    company_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class CompanyPictureChanged(Event):
    """A company's logo, stamp or signature was set or taken away."""

    name = "company.picture-changed"
    company_id: int
    picture: str
    sha256: str
