"""How a party comes in: by link, then by session. Only reads, so that a GET may ask."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from paraph.kit.prepared import Prepared, given

from . import codes, rules
from .models import Link, Pad, SigningSession
from .refusals import LinkExpired, SessionExpired

PATHS = {"sign": "s", "file": "f"}

# Every page behind a link asks these.
_LINK = Prepared(
    lambda: Link.objects.select_related("party__envelope__company", "party__employee").filter(
        token_hash=given("token"), purpose=given("purpose")
    )
)
_SESSION = Prepared(
    lambda: SigningSession.objects.filter(key_hash=given("key"), link=given("link"))
)


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
    link = _LINK.first(token=codes.hashed(token), purpose=purpose)
    if link is None:
        problem = _("This link is not valid any more. Ask the sender for a new one.")
        raise LinkExpired(problem)
    return link


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
    session = _SESSION.first(key=codes.hashed(key), link=link.pk) if key else None
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
