"""Words for what happens to documents."""

from django.utils.translation import gettext_lazy as _

from .wording import Details, Words

WORDS: Words = {
    "document.added": ("file-plus", _("Document uploaded")),
    "document.renamed": ("pencil", _("Document renamed")),
}

DETAILS: Details = {}
