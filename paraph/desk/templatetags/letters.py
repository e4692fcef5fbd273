"""How the desk calls the messages that went to the parties; their words are in ``messages/``."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {
    "signature_requested": _("Link to sign"),
    "signing_code": _("Code"),
    "reminder": _("Reminder"),
    "party_signed": _("Confirmation of the signature"),
    "envelope_completed": _("Signed document"),
    "envelope_declined": _("News of the refusal"),
    "envelope_cancelled": _("News of the cancellation"),
    "envelope_expired": _("News of the expiry"),
    "campaign": _("Campaign"),
}


@register.filter
def called(kind: str) -> str:
    """Return what kind of message it is, in a word or two."""
    return str(KINDS.get(kind, _("Message")))
