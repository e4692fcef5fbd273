"""Words for what happens to contacts and companies."""

from django.utils.translation import gettext_lazy as _

from .wording import Details, Words, changes

WORDS: Words = {
    "contact.created": ("user-plus", _("Added to the directory")),
    "contact.edited": ("pencil", _("Contact edited")),
    "company.created": ("building", _("Company added")),
    "company.edited": ("pencil", _("Requisites edited")),
    "company.picture-changed": ("photo", _("Picture changed")),
}

DETAILS: Details = {"contact.edited": changes, "company.edited": changes}
