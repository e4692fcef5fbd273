"""Words for contacts that came from a file."""

from django.utils.translation import gettext_lazy as _

from .wording import Details, Words, changes

WORDS: Words = {
    "contact.imported": ("table-import", _("Imported from a file")),
    "contact.updated-by-import": ("table-import", _("Updated from a file")),
    "contact.import-undone": ("arrow-back-up", _("An import was undone")),
}

DETAILS: Details = {
    "contact.imported": lambda facts: str(facts.get("file_name", "")),
    "contact.updated-by-import": changes,
}
