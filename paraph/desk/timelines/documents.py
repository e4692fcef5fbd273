"""Words for what happens to documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from .wording import Details, Words, changes

WORDS: Words = {
    "document.added": ("file-plus", _("Document uploaded")),
    "document.generated": ("file-plus", _("Document made from a template")),
    "document.regenerated": ("refresh", _("Document made again")),
    "document.renamed": ("pencil", _("Document renamed")),
    "document.handed-over": ("user-share", _("Handed over")),
}


def _title(facts: dict[str, Any]) -> str:
    return str(facts.get("title", ""))


DETAILS: Details = {
    "document.generated": _title,
    "document.regenerated": _title,
    "document.handed-over": changes,
}
