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

DETAILS: Details = {
    "envelope.handed-over": changes,
    "party.declined": reason,
    "party.asked": addressee,
    "party.reminded": addressee,
    "link.renewed": addressee,
    "code.requested": addressee,
    "file.shared": addressee,
    "envelope.cancelled": reason,
    "envelope.doubted": lambda facts: " ".join(facts.get("reasons", [])),
}
