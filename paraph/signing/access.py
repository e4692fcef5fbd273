"""How a party comes in: by link, then by session. Only reads, so that a GET may ask."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from . import codes, rules
from .models import Link, Pad, SigningSession
from .refusals import LinkExpired, SessionExpired

PATHS = {"sign": "s", "file": "f"}


def address_of(token: str, *, purpose: str = "sign") -> str:
    """Return the address that a message carries."""
    return f"{settings.PARAPH_URL}/{PATHS[purpose]}/{token}/"


def open_link(token: str, *, at: datetime, purpose: str = "sign") -> Link:
    """Return the link of that token, its party, envelope and company; raises ``LinkExpired``."""
    link = find_link(token, purpose=purpose)
    refuse_closed(link, at=at)
    return link


def find_link(token: str, *, purpose: str = "sign") -> Link:
    """Return the link of that token, open or closed; raises ``LinkExpired`` where none is."""
    # Whoever else is named on some pages is read there: most requests need nobody else.
    links = Link.objects.select_related("party__envelope__company")
    try:  # every page behind a link asks this; first() would have it sorted as well
        return links.get(token_hash=codes.hashed(token), purpose=purpose)
    except Link.DoesNotExist:
        problem = _("This link is not valid any more. Ask the sender for a new one.")
        raise LinkExpired(problem) from None


def refuse_closed(link: Link, *, at: datetime) -> None:
    """Say why a link opens nothing any more: raises ``LinkExpired``."""
    if not rules.is_link_alive(link, at=at):
        raise LinkExpired(rules.why_closed(link, has_newer=_has_newer(link)))


def _has_newer(link: Link) -> bool:
    """Tell whether the party was given another way in after this one."""
    later = Link.objects.filter(party=link.party_id, purpose=link.purpose, revoked_at=None)
    return later.filter(pk__gt=link.pk).exists()


def open_session(link: Link, *, key: str, at: datetime) -> SigningSession:
    """Return the session that the key opens on this link; raises ``SessionExpired``."""
    found = SigningSession.objects.filter(key_hash=codes.hashed(key), link=link) if key else None
    session = found.first() if found is not None else None
    if session is None or not rules.is_session_alive(session, at=at):
        raise SessionExpired(_("For your safety, please enter a new code."))
    session.link = link
    return session


def open_pad(token: str, *, at: datetime) -> Pad:
    """Return the drawing pad of that token; raises ``LinkExpired``."""
    found = Pad.objects.select_related(
        "field", "session__link__party__envelope__company", "session__link__party__employee"
    )
    pad = found.filter(token_hash=codes.hashed(token)).first()
    if pad is None or not rules.is_pad_alive(pad, at=at):
        raise LinkExpired(_("This drawing pad is not valid any more. Ask for a new one there."))
    return pad
