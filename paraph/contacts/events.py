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


@dataclass(frozen=True)
class CustomFieldCreated(Event):
    """Contacts have a further field."""

    name = "contact-field.created"
    contact_field_id: int
    label: str
    kind: str


@dataclass(frozen=True)
class CustomFieldEdited(Event):
    """A further field is asked for in other words or other choices."""

    name = "contact-field.edited"
    contact_field_id: int
    label: str
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class CustomFieldArchived(Event):
    """A further field is no longer shown; what it holds is kept."""

    name = "contact-field.archived"
    contact_field_id: int
    label: str


@dataclass(frozen=True)
class CustomFieldRestored(Event):
    """A further field is shown again, with what it held."""

    name = "contact-field.restored"
    contact_field_id: int
    label: str


@dataclass(frozen=True)
class ContactsMerged(Event):
    """Contacts turned out to be one person; the first one stays for all of them."""

    name = "contact.merged"
    contact_id: int
    full_name: str
    merge_id: int
    merged: dict[str, str]
    """The names of those who went into it, by number."""

    def subjects(self) -> list[tuple[str, int]]:
        """Return all of them: each one's timeline tells where it went."""
        return [*super().subjects(), *(("contact", int(number)) for number in self.merged)]


@dataclass(frozen=True)
class MergeUndone(Event):
    """Contacts that had become one are apart again."""

    name = "contact.merge-undone"
    contact_id: int
    full_name: str
    merge_id: int
    restored: dict[str, str]

    def subjects(self) -> list[tuple[str, int]]:
        """Return all of them."""
        return [*super().subjects(), *(("contact", int(number)) for number in self.restored)]


@dataclass(frozen=True)
class ContactsToldApart(Event):
    """Contacts that look alike are different people, somebody says."""

    name = "contact.told-apart"
    contacts: dict[str, str]
    """Their names, by number."""

    def subjects(self) -> list[tuple[str, int]]:
        """Return all of them."""
        return [("contact", int(number)) for number in self.contacts]


@dataclass(frozen=True)
class CompaniesMerged(Event):
    """Clients' companies turned out to be one; the first one stays for all of them."""

    name = "company.merged"
    company_id: int
    company_name: str
    company_merge_id: int
    merged: dict[str, str]
    """The names of those that went into it, by number."""

    def subjects(self) -> list[tuple[str, int]]:
        """Return all of them: each one's timeline tells where it went."""
        return [*super().subjects(), *(("company", int(number)) for number in self.merged)]


@dataclass(frozen=True)
class CompanyMergeUndone(Event):
    """Companies that had become one are apart again."""

    name = "company.merge-undone"
    company_id: int
    company_name: str
    company_merge_id: int
    restored: dict[str, str]

    def subjects(self) -> list[tuple[str, int]]:
        """Return all of them."""
        return [*super().subjects(), *(("company", int(number)) for number in self.restored)]


@dataclass(frozen=True)
class CompaniesToldApart(Event):
    """Companies that look alike are different ones, somebody says."""

    name = "company.told-apart"
    companies: dict[str, str]
    """Their names, by number."""

    def subjects(self) -> list[tuple[str, int]]:
        """Return all of them."""
        return [("company", int(number)) for number in self.companies]


@dataclass(frozen=True)
class CompanyDeleted(Event):
    """A company was taken away; its people stay."""

    name = "company.deleted"
    company_id: int
    company_name: str


@dataclass(frozen=True)
class CompaniesExported(Event):
    """Somebody took companies out of the house, in a file."""

    name = "companies.exported"
    rows: int
    format: str


@dataclass(frozen=True)
class ContactErased(Event):
    """A person's data was erased at their request; ``erasure`` is the report's number."""

    name = "contact.erased"
    contact_id: int
    erasure: int
