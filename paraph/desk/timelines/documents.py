"""Words for what happens to documents."""

from django.utils.translation import gettext_lazy as _

from .wording import Details, Words, changes

WORDS: Words = {
    "document.added": ("file-plus", _("Document uploaded")),
    "document.renamed": ("pencil", _("Document renamed")),
    "document.handed-over": ("user-share", _("Handed over")),
}

DETAILS: Details = {"document.handed-over": changes}
