"""How the desk calls the messages that went to the parties; their words are in ``messages/``."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

KINDS = {
    "signature_requested": _("Link to sign"),
    "signing_code": _("Code"),
    "stack_code": _("Code"),
    "reminder": _("Reminder"),
    "party_signed": _("Confirmation of the signature"),
    "envelope_completed": _("Signed document"),
    "envelope_declined": _("News of the refusal"),
    "envelope_cancelled": _("News of the cancellation"),
    "envelope_expired": _("News of the expiry"),
    "approval_requested": _("Link to approve"),
    "sign_again": _("Request to sign once more"),
    "question_answered": _("Answer to a question"),
    "party_released": _("News that enough have signed"),
    "party_replaced": _("News of the replacement"),
    "envelope_corrected": _("News of the correction"),
    "campaign": _("Campaign"),
}


@register.filter
def called(kind: str) -> str:
    """Return what kind of message it is, in a word or two."""
    return str(KINDS.get(kind, _("Message")))
