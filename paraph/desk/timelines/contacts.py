"""Words for what happens to contacts and companies."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import ContactType
from paraph.contacts.rules import readable_phone

from .wording import Details, Words, changes

LABELS = {
    "last_name": _("Last name"),
    "first_name": _("First name"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "position": _("Position"),
    "company": _("Company"),
    "comment": _("Comment"),
    "type": _("Contact type"),
    "responsible": _("Responsible"),
    "language": _("Language"),
    "is_shared": _("Available to everyone"),
}
"""How the fields of a contact are called; further fields are in the fact by their names."""

VALUES: dict[str, dict[str, Any]] = {
    "type": dict(ContactType.choices),
    "language": dict(settings.LANGUAGES),
    "is_shared": {"True": _("Yes"), "False": _("No")},
}


def _contact_changes(facts: dict[str, Any]) -> str:
    """Tell of each field what was before and what is now."""
    lines = (
        gettext("%(field)s: %(before)s → %(after)s")
        % {
            "field": LABELS.get(field, field),
            "before": readable(field, before) or "–",
            "after": readable(field, after) or "–",
        }
        for field, (before, after) in facts.get("changes", {}).items()
    )
    return "; ".join(lines)


def readable(field: str, value: str) -> str:
    """Return a value that facts keep as people read it."""
    if field == "phone":
        return readable_phone(value)
    return str(VALUES.get(field, {}).get(value, value))


def _names(of: str) -> Any:
    return lambda facts: ", ".join(facts.get(of, {}).values())


def _label(facts: dict[str, Any]) -> str:
    return str(facts.get("label", ""))


WORDS: Words = {
    "contact.created": ("user-plus", _("Added to the directory")),
    "contact.edited": ("pencil", _("Contact edited")),
    "contact.imported": ("file-import", _("Added by an import")),
    "contact.updated-by-import": ("file-import", _("Updated by an import")),
    "contact.import-undone": ("arrow-back-up", _("Import undone")),
    "contact.merged": ("arrows-join", _("Merged with a duplicate")),
    "contact.merge-undone": ("arrows-split", _("Merging undone")),
    "contact.told-apart": ("users", _("Told apart from somebody who looks alike")),
    "contact-field.created": ("forms", _("Further field of contacts added")),
    "contact-field.edited": ("pencil", _("Further field of contacts edited")),
    "contact-field.archived": ("archive", _("Further field of contacts archived")),
    "contact-field.restored": ("archive-off", _("Further field of contacts shown again")),
    "company.merged": ("arrows-join", _("Merged with a duplicate")),
    "company.merge-undone": ("arrows-split", _("Merging undone")),
    "company.told-apart": ("building", _("Told apart from a company that looks alike")),
    "company.created": ("building", _("Company added")),
    "company.edited": ("pencil", _("Requisites edited")),
    "company.picture-changed": ("photo", _("Picture changed")),
}

DETAILS: Details = {
    "contact.edited": _contact_changes,
    "contact.imported": lambda facts: str(facts.get("file_name", "")),
    "contact.updated-by-import": _contact_changes,
    "contact.merged": _names("merged"),
    "contact.merge-undone": _names("restored"),
    "contact.told-apart": _names("contacts"),
    "contact-field.created": _label,
    "contact-field.edited": _label,
    "contact-field.archived": _label,
    "contact-field.restored": _label,
    "company.edited": changes,
    "company.merged": _names("merged"),
    "company.merge-undone": _names("restored"),
    "company.told-apart": _names("companies"),
}
