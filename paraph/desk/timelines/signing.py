"""Words for what happens to envelopes, their parties, links and codes."""

from django.utils.translation import gettext_lazy as _

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
    "link.revoked": ("link-off", _("A link was revoked")),
    "deadline.extended": ("calendar", _("Deadline changed")),
    "party.opened": ("eye", _("Opened the link")),
    "code.requested": ("key", _("Asked for a code")),
    "code.refused": ("alert-triangle", _("A wrong code was entered")),
    "party.proven": ("shield-check", _("Proved their identity with a code")),
    "signing.intended": ("hand-click", _("Read, accepted and pressed Sign")),
    "certificate.issued": (
        "certificate",
        _("Certificate issued for this signature"),
    ),
    "party.signed": ("signature", _("Signed")),
    "party.declined": ("x", _("Declined")),
    "party.reminded": ("bell", _("Reminded")),
    "party.approved": ("thumb-up", _("Approved")),
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
    "envelope.completed": ("circle-check", _("Completed and sealed")),
    "envelope.declined": ("x", _("Declined")),
    "envelope.cancelled": ("ban", _("Cancelled")),
    "envelope.expired": ("clock", _("Expired")),
}


def _arrow(before: str, after: str) -> str:
    return f"{before} → {after}"


DETAILS: Details = {
    "envelope.handed-over": changes,
    "party.declined": reason,
    "party.asked": addressee,
    "party.reminded": addressee,
    "link.renewed": addressee,
    "code.requested": addressee,
    "file.shared": addressee,
    "envelope.cancelled": reason,
    "party.replaced": lambda facts: _arrow(facts.get("party", ""), facts.get("successor", "")),
    "party.nominated": lambda facts: str(facts.get("party", "")),
    "party.corrected": changes,
    "envelope.corrected": reason,
    "question.asked": lambda facts: str(facts.get("text", "")),
    "question.answered": lambda facts: str(facts.get("text", "")),
    "envelope.doubted": lambda facts: " ".join(facts.get("reasons", [])),
}
