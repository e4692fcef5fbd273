"""Words for what happens in the vault."""

from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import DocumentClass

from .wording import Details, Words

WORDS: Words = {
    "vault.exported": ("table-export", _("List of signed files exported")),
    "vault.archive-taken": ("file-zip", _("Archive of signed files taken out")),
    "vault.file-taken": ("file-zip", _("Taken out in an archive")),
    "vault.file-saved": ("download", _("Taken out")),
    "vault.class-changed": ("tag", _("Class changed")),
    "vault.retention-changed": ("hourglass", _("Retention changed")),
    "hold.placed": ("lock", _("Placed on hold")),
    "hold.lifted": ("lock-open", _("Hold lifted")),
    "vault.retention-refused": (
        "alert-triangle",
        _("Its retention has ended, but it is still needed: not deleted"),
    ),
    "vault.envelope-erased": ("eraser", _("Gone with a person's data")),
    "vault.document-destroyed": ("trash", _("Signed document deleted")),
    "contact.erased": ("eraser", _("Personal data erased")),
}


def _reason(facts: dict[str, Any]) -> str:
    return str(facts.get("reason", ""))


def _rule(facts: dict[str, Any]) -> str:
    """Say by what rule a document went."""
    years = facts.get("years")
    if not years:
        return gettext("by hand")
    told = ngettext("after %(count)s year", "after %(count)s years", years)
    return told % {"count": years}


def _class(facts: dict[str, Any]) -> str:
    """Name the classes before and now in the reader's words."""
    pairs = facts.get("changes", {}).values()
    return "; ".join(" → ".join(_label(it) for it in pair) for pair in pairs)


def _retention(facts: dict[str, Any]) -> str:
    """Say of each class how long it stayed and stays."""
    values = {
        _label(name): " → ".join(_years(it) for it in pair)
        for name, pair in facts.get("changes", {}).items()
    }
    return "; ".join(
        gettext("%(class)s: %(change)s") % {"class": name, "change": change}
        for name, change in values.items()
    )


def _label(name: str) -> str:
    return str(dict(DocumentClass.choices).get(name, name))


def _years(years: int | str | None) -> str:
    if years is None:
        return gettext("for ever")
    if isinstance(years, str):  # facts of earlier builds have the words themselves
        return years
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def _what(facts: dict[str, Any]) -> str:
    told = {
        "file": gettext("Signed PDF"),
        "evidence": gettext("Evidence"),
        "certificate": gettext("Certificate of completion"),
    }
    return told.get(facts.get("what", ""), "")


DETAILS: Details = {
    "vault.file-saved": _what,
    "vault.class-changed": _class,
    "vault.retention-changed": _retention,
    "hold.placed": _reason,
    "hold.lifted": _reason,
    "vault.document-destroyed": _rule,
}
