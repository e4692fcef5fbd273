"""People and companies we exchange documents with, our own companies, and what merges left."""

from .directory import LANGUAGES, NEVER, Companies, Company, Contact, Contacts, ContactType
from .further import CustomField, CustomFields, FieldKind
from .traces import (
    CompanyMerge,
    Duplicate,
    DuplicateKey,
    Earlier,
    EarlierCompany,
    Gone,
    Joining,
    Merge,
    Merged,
    MergedCompany,
    NotTheSame,
)

__all__ = [
    "LANGUAGES",
    "NEVER",
    "Companies",
    "Company",
    "CompanyMerge",
    "Contact",
    "ContactType",
    "Contacts",
    "CustomField",
    "CustomFields",
    "Duplicate",
    "DuplicateKey",
    "Earlier",
    "EarlierCompany",
    "FieldKind",
    "Gone",
    "Joining",
    "Merge",
    "Merged",
    "MergedCompany",
    "NotTheSame",
]
