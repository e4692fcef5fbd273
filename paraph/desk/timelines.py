"""The timeline of a row, in words: what happened, who did it, when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph import journal
from paraph.journal import Fact

WORDS: dict[str, tuple[str, Any]] = {
    "contact.created": ("user-plus", gettext_lazy("Added to the directory")),
    "contact.edited": ("pencil", gettext_lazy("Contact edited")),
    "company.created": ("building", gettext_lazy("Company added")),
    "company.edited": ("pencil", gettext_lazy("Requisites edited")),
    "company.picture-changed": ("photo", gettext_lazy("Picture changed")),
    "document.added": ("file-plus", gettext_lazy("Document uploaded")),
    "document.renamed": ("pencil", gettext_lazy("Document renamed")),
    "envelope.created": ("file-plus", gettext_lazy("Preparation begun")),
    "envelope.sent": ("send", gettext_lazy("Sent for signing")),
    "envelope.prepared": (
        "rosette-discount-check",
        gettext_lazy("Certified by the installation's seal"),
    ),
    "party.asked": ("mail", gettext_lazy("Asked to sign")),
    "link.renewed": ("link", gettext_lazy("Got a new link; the old one opens nothing")),
    "link.revoked": ("link-off", gettext_lazy("A link was revoked")),
    "deadline.extended": ("calendar", gettext_lazy("Deadline changed")),
    "party.opened": ("eye", gettext_lazy("Opened the link")),
    "code.requested": ("key", gettext_lazy("Asked for a code")),
    "code.refused": ("alert-triangle", gettext_lazy("A wrong code was entered")),
    "party.proven": ("shield-check", gettext_lazy("Proved their identity with a code")),
    "signing.intended": ("hand-click", gettext_lazy("Read, accepted and pressed Sign")),
    "certificate.issued": (
        "certificate",
        gettext_lazy("Certificate issued for this signature"),
    ),
    "party.signed": ("signature", gettext_lazy("Signed")),
    "party.declined": ("x", gettext_lazy("Declined")),
    "party.reminded": ("bell", gettext_lazy("Reminded")),
    "envelope.closing": ("lock", gettext_lazy("Everybody has signed; being sealed")),
    "file.shared": ("file-check", gettext_lazy("Got the link to the signed document")),
    "envelope.doubted": (
        "alert-triangle",
        gettext_lazy("A second look found the file changed; its links were revoked"),
    ),
    "envelope.stuck": (
        "alert-triangle",
        gettext_lazy("Takes unusually long; it is tried again and again"),
    ),
    "envelope.completed": ("circle-check", gettext_lazy("Completed and sealed")),
    "envelope.declined": ("x", gettext_lazy("Declined")),
    "envelope.cancelled": ("ban", gettext_lazy("Cancelled")),
    "envelope.expired": ("clock", gettext_lazy("Expired")),
}


@dataclass(frozen=True)
class Moment:
    """One line of a timeline."""

    icon: str
    words: str
    who: str
    at: datetime
    details: str


def timeline_of(noun: str, pk: int, *, limit: int = 100) -> list[Moment]:
    """Return what happened around a row, newest first; facts without words are left out."""
    facts = journal.timeline(subject=noun, object_id=pk)[:limit]
    return [_moment(fact) for fact in facts if fact.event in WORDS]


def _moment(fact: Fact) -> Moment:
    icon, words = WORDS[fact.event]
    who = fact.actor.name or _("somebody")
    tell = DETAILS.get(fact.event)
    details = tell(fact.facts) if tell and not fact.is_erased else ""
    return Moment(icon, str(words), who, fact.at, details)


def _changes(facts: dict[str, Any]) -> str:
    pairs = facts.get("changes", {}).values()
    return "; ".join(f"{before or '–'} → {after or '–'}" for before, after in pairs)


def _addressee(facts: dict[str, Any]) -> str:
    return " · ".join(str(facts[name]) for name in ("party", "recipient") if facts.get(name))


def _reason(facts: dict[str, Any]) -> str:
    return str(facts.get("reason", ""))


def newest_fact() -> int:
    """Return the number of the newest fact: while it stays, what pages tell stays too."""
    return Fact.objects.order_by("-id").values_list("id", flat=True).first() or 0


DETAILS: dict[str, Callable[[dict[str, Any]], str]] = {
    "contact.edited": _changes,
    "company.edited": _changes,
    "party.declined": _reason,
    "party.asked": _addressee,
    "party.reminded": _addressee,
    "link.renewed": _addressee,
    "code.requested": _addressee,
    "file.shared": _addressee,
    "envelope.cancelled": _reason,
    "envelope.doubted": lambda facts: " ".join(facts.get("reasons", [])),
}
