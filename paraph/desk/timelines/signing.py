"""Words for what happens to envelopes, their parties, links and codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.signing.integrity.doubts import sentence

from .wording import Details, Words, addressee, changes, reason

WORDS: Words = {
    "envelope.created": ("file-plus", _("Preparation begun")),
    "envelope.handed-over": ("user-share", _("Handed over")),
    "envelope.sent": ("send", _("Sent for signing")),
    "envelope.prepared": (
        "rosette-discount-check",
        _("Certified by the installation's seal"),
    ),
    "party.asked": ("mail", _("Asked to sign")),
    "link.renewed": ("link", _("Got a new link; the old one opens nothing")),
    "link.copied": ("copy", _("The sender copied a link, to hand it over")),
    "link.revoked": ("link-off", _("A link was revoked")),
    "deadline.extended": ("calendar", _("Deadline changed")),
    "party.opened": ("eye", _("Came to sign")),
    "party.access-agreed": ("lock", _("Access code agreed beforehand")),
    "code.requested": ("key", _("Asked for a code")),
    "code.refused": ("alert-triangle", _("A wrong code was entered")),
    "party.proven": ("shield-check", _("Proved their identity")),
    "signing.intended": ("hand-click", _("Read, accepted and pressed Sign")),
    "certificate.issued": (
        "certificate",
        _("Certificate issued for this signature"),
    ),
    "party.signed": ("signature", _("Signed")),
    "party.declined": ("x", _("Declined")),
    "party.reminded": ("bell", _("Reminded")),
    "party.approved": ("thumb-up", _("Approved")),
    "message.returned": ("mail-x", _("A message came back")),
    "party.released": ("user-minus", _("Not needed any more: enough have signed")),
    "party.replaced": ("user-share", _("Somebody else acts instead")),
    "party.nominated": ("user-plus", _("Named as the next to act")),
    "party.corrected": ("edit", _("Address or channel corrected")),
    "signing.withdrawn": ("arrow-back-up", _("Could not be sealed; may sign once more")),
    "envelope.corrected": (
        "edit",
        _("Called back to be corrected; what was signed does not count"),
    ),
    "reminders.changed": ("bell", _("Reminders changed")),
    "question.asked": ("help", _("Asked a question")),
    "question.answered": ("message", _("Question answered")),
    "envelope.closing": ("lock", _("Everybody has signed; being sealed")),
    "file.shared": ("file-check", _("Got the link to the signed document")),
    "envelope.doubted": (
        "alert-triangle",
        _("A second look found the file changed; its links were revoked"),
    ),
    "envelope.stuck": (
        "alert-triangle",
        _("Takes unusually long; it is tried again and again"),
    ),
    "company.seal-added": ("certificate", _("Given its own certificate, to seal with")),
    "company.seal-removed": ("certificate-off", _("Its own certificate is not used any more")),
    "company.sealed": ("rosette", _("Sealed by the company's own certificate")),
    "envelope.time-stamped": ("clock-check", _("Time-stamped from outside")),
    "document.stamp-renewed": ("clock-check", _("Time stamp renewed")),
    "envelope.completed": ("circle-check", _("Completed and sealed")),
    "envelope.declined": ("x", _("Declined")),
    "envelope.cancelled": ("ban", _("Cancelled")),
    "envelope.expired": ("clock", _("Expired")),
    "envelopes.exported": ("table-export", _("List of documents exported")),
}


def _arrow(before: str, after: str) -> str:
    return f"{before} → {after}"


def stamps(facts: Mapping[str, Any]) -> str:  # JSON
    """Say honestly whose time stamps there are."""
    if outside := facts.get("stamped_by"):
        return gettext("Time stamps of this installation and of %(name)s") % {"name": outside}
    return gettext("Level B-LTA, with time stamps of this installation alone")


def subject(facts: Mapping[str, Any]) -> str:  # JSON
    """Name the certificate."""
    return str(facts.get("subject", ""))


DETAILS: Details = {
    "envelope.handed-over": changes,
    "party.declined": reason,
    "party.asked": addressee,
    "party.reminded": addressee,
    "link.renewed": addressee,
    "code.requested": addressee,
    "file.shared": addressee,
    "envelope.cancelled": reason,
    "envelope.completed": stamps,
    "envelope.time-stamped": stamps,
    "document.stamp-renewed": stamps,
    "company.seal-added": subject,
    "company.seal-removed": subject,
    "company.sealed": subject,
    "party.released": lambda facts: str(facts.get("party", "")),
    "party.replaced": lambda facts: _arrow(facts.get("party", ""), facts.get("successor", "")),
    "party.nominated": lambda facts: str(facts.get("party", "")),
    "party.corrected": changes,
    "envelope.corrected": reason,
    "message.returned": lambda facts: f"{facts.get('recipient', '')} · {facts.get('reason', '')}",
    "question.asked": lambda facts: str(facts.get("text", "")),
    "question.answered": lambda facts: str(facts.get("text", "")),
    "envelope.doubted": lambda facts: " ".join(map(sentence, facts.get("reasons", []))),
}
