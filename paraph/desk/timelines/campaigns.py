"""Words for what happens to campaigns and segments, and to who may be written to."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from paraph.campaigns.models import Channel

from .wording import Details, Words, changes

WORDS: Words = {
    "segment.saved": ("users-group", gettext_lazy("Segment saved")),
    "segment.deleted": ("trash", gettext_lazy("Segment deleted")),
    "segment.handed-over": ("user-share", gettext_lazy("Segment handed over")),
    "segment.contacts-added": ("user-plus", gettext_lazy("Contacts added")),
    "campaign.created": ("speakerphone", gettext_lazy("Campaign begun")),
    "campaign.edited": ("pencil", gettext_lazy("Campaign edited")),
    "campaign.deleted": ("trash", gettext_lazy("Campaign deleted")),
    "campaign.handed-over": ("user-share", gettext_lazy("Campaign handed over")),
    "campaign.tested": ("mail", gettext_lazy("Test sent to oneself")),
    "campaign.launched": ("send", gettext_lazy("Campaign sent off")),
    "campaign.paused": ("player-pause", gettext_lazy("Sending paused")),
    "campaign.resumed": ("player-play", gettext_lazy("Sending goes on")),
    "campaign.cancelled": ("circle-x", gettext_lazy("Campaign cancelled")),
    "campaign.finished": ("circle-check", gettext_lazy("Everybody had their turn")),
    "consent.changed": ("mail-check", gettext_lazy("Consent to campaigns changed")),
    "contact.unsubscribed": ("mail-off", gettext_lazy("Unsubscribed from campaigns")),
    "contact.resubscribed": ("mail-check", gettext_lazy("Took unsubscribing back")),
}


def _title(facts: dict[str, Any]) -> str:
    return str(facts.get("title", ""))


def _from_to(facts: dict[str, Any]) -> str:
    return f"{facts.get('before') or '–'} → {facts.get('after') or '–'}"


def _address(facts: dict[str, Any]) -> str:
    return str(facts.get("address", ""))


def _added(facts: dict[str, Any]) -> str:
    number = int(facts.get("number", 0))
    return ngettext("%d contact", "%d contacts", number) % number


def _audience(facts: dict[str, Any]) -> str:
    number = int(facts.get("audience", 0))
    return ngettext("To a segment of %d contact", "To segments of %d contacts", number) % number


def _left(facts: dict[str, Any]) -> str:
    """Name whoever was responsible and left, if that is why."""
    left = facts.get("left", "")
    return _("%s left before all recipients were found.") % left if left else ""


def _finished(facts: dict[str, Any]) -> str:
    return _("%(written)s written, %(skipped)s left out") % {
        "written": facts.get("written", 0),
        "skipped": facts.get("skipped", 0),
    }


def _channel(facts: dict[str, Any]) -> str:
    return str(dict(Channel.choices).get(facts.get("channel", ""), ""))


def _consent(facts: dict[str, Any]) -> str:
    """Tell for which channel, yes or no, and where they said so."""
    word = _("agreed") if facts.get("is_given") else _("no longer agrees")
    return " · ".join(filter(None, (_channel(facts), word, facts.get("source", ""))))


DETAILS: Details = {
    "segment.saved": _title,
    "segment.deleted": _title,
    "segment.handed-over": _from_to,
    "segment.contacts-added": _added,
    "campaign.created": _title,
    "campaign.edited": changes,
    "campaign.deleted": _title,
    "campaign.handed-over": _from_to,
    "campaign.tested": _address,
    "campaign.launched": _audience,
    "campaign.paused": _left,
    "campaign.finished": _finished,
    "consent.changed": _consent,
    "contact.unsubscribed": _channel,
    "contact.resubscribed": _channel,
}
