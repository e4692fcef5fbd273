"""Names that came with Paraph: whoever reads them reads them in their own language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

TEMPLATES: Mapping[str, str | Promise] = {
    "invoice": _("Invoice"),
    "offer": _("Offer"),
    "contract": _("Service contract"),
    "act": _("Acceptance act"),
    "nda": _("Confidentiality agreement"),
}
SERIES: Mapping[str, str | Promise] = {
    "invoice": _("Invoices"),
    "contract": _("Contracts"),
    "offer": _("Offers"),
    "act": _("Acceptance acts"),
    "nda": _("Non-disclosure agreements"),
}


class Named(Protocol):
    """A row whose ``str()`` is its name as it is read."""

    name: str


def as_stored(typed: str, kept: Named | None) -> str:
    """Return the name to keep: one that was only read back in a form stays as it is stored."""
    return kept.name if kept and typed == str(kept) else typed


def as_read(name: str, shipped: Iterable[str | Promise]) -> str:
    """Return a name that nobody changed in the active language; any other as it is."""
    return next((str(words) for words in shipped if name in _spellings(words)), name)


@cache
def _spellings(words: str | Promise) -> frozenset[str]:
    """Return what a name is in every language."""
    spellings = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            spellings.add(str(words))
    return frozenset(spellings)
