"""Words for what happens in the vault."""

from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .wording import Details, Words, changes

WORDS: Words = {
    "vault.exported": ("table-export", _("List of signed files exported")),
    "vault.archive-taken": ("file-zip", _("Archive of signed files taken out")),
    "vault.file-taken": ("file-zip", _("Taken out in an archive")),
    "vault.class-changed": ("tag", _("Class changed")),
    "vault.retention-changed": ("hourglass", _("Retention changed")),
    "hold.placed": ("lock", _("Placed on hold")),
    "hold.lifted": ("lock-open", _("Hold lifted")),
    "vault.document-destroyed": ("trash", _("Signed document deleted")),
    "contact.erased": ("eraser", _("Personal data erased")),
}


def _reason(facts: dict[str, Any]) -> str:
    return str(facts.get("reason", ""))


def _rule(facts: dict[str, Any]) -> str:
    """Say by what rule a document went."""
    years = facts.get("years")
    if not years:
        return now("by hand")
    told = ngettext("after %(count)s year", "after %(count)s years", years)
    return told % {"count": years}


DETAILS: Details = {
    "vault.class-changed": changes,
    "vault.retention-changed": changes,
    "hold.placed": _reason,
    "hold.lifted": _reason,
    "vault.document-destroyed": _rule,
}
