"""Which letters to parties a company may put into its own words, and what can stand there."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from paraph.messaging.wording import Wordable

from .deadlines import deadline_told
from .models import Party

_ALWAYS = {
    "name": _("Name of the reader"),
    "title": _("Title of the document"),
    "company": _("Our company"),
    "sender": _("Who is responsible here"),
    "deadline": _("Until when"),
}
_LINK = _ALWAYS | {"link": _("The reader's own link")}
_CODE = _ALWAYS | {"code": _("The six digits")}
_REASON = _ALWAYS | {"reason": _("The reason")}
_LINK_IN_SMS = {"sms": ("link",)}  # in an e-mail the link is the button below the words

WORDABLE = {
    it.kind: it
    for it in (
        Wordable("signature_requested", _("Please sign"), _LINK, _LINK_IN_SMS),
        Wordable("approval_requested", _("Please approve"), _LINK, _LINK_IN_SMS),
        Wordable("reminder", _("A reminder"), _LINK, _LINK_IN_SMS),
        Wordable("signing_code", _("The code"), _CODE, {"sms": ("code",), "text": ("code",)}),
        Wordable("envelope_completed", _("Signed by everybody"), _LINK, _LINK_IN_SMS),
        Wordable("envelope_declined", _("Somebody declined"), _REASON, {}),
        Wordable("envelope_cancelled", _("Called back"), _REASON, {}),
        Wordable("envelope_expired", _("Too late"), _ALWAYS, {}),
    )
}


def values_of(party: Party, more: Mapping[str, object]) -> dict[str, str]:
    """Return what the placeholders mean for one party, in the party's language."""
    envelope = party.envelope
    return {
        "name": party.name,
        "title": envelope.title,
        "company": envelope.company.name if envelope.company else "",
        "sender": envelope.responsible.name,
        "deadline": deadline_told(party),
        "link": str(more.get("link", "")),
        "code": str(more.get("digits", "")),
        "reason": str(more.get("reason", "")),
    }
