"""Which links, codes and sessions still let somebody in."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from paraph.signing import codes
from paraph.signing.models import Channel, Code, Link, Pad, Party, Proof
from paraph.signing.models import SigningSession as Session

from .acting import why_gone

OWN = frozenset({Proof.TOTP, Proof.PASSKEY})  # of an employee's account


def is_link_alive(link: Link, *, at: datetime) -> bool:
    """Tell whether a link opens anything; those of somebody who left here do not."""
    person = link.party.employee
    if person is not None and not person.is_active:
        return False
    return link.revoked_at is None and (link.expires_at is None or at < link.expires_at)


def why_closed(link: Link, *, has_newer: bool) -> str:
    """Say, to who holds a link that opens nothing any more, why, and what to do."""
    if link.purpose == "sign" and link.party.is_gone:
        return why_gone(link.party)
    if has_newer:
        return _("A newer message with another link was sent to you. Please use the newest one.")
    return _("This link is not valid any more. Ask the person who sent it for a new one.")


def may_prove(method: str, *, party: Party) -> bool:
    """Tell whether the sender lets this party prove themselves in this way.

    What belongs to an account stands for a code that we send, never for words agreed.
    """
    if method in OWN:
        return party.is_ours and party.code_channel in Channel.values
    return method == party.code_channel


def are_words_locked(wrong_tries: int) -> bool:
    """Tell whether the tries of agreed words are spent: the words stay, whatever the link."""
    return wrong_tries >= codes.TRIES_PER_LINK


def is_link_locked(link: Link) -> bool:
    """Tell whether the tries of this link are spent, for good."""
    return link.wrong_tries >= codes.TRIES_PER_LINK


def is_session_alive(session: Session, *, at: datetime) -> bool:
    """Tell whether a session still stands for the person: neither idle nor open too long."""
    is_recent = at < session.seen_at + codes.SESSION_IDLE
    return is_recent and at < session.opened_at + codes.SESSION_LIFE


def is_code_alive(code: Code, *, documents_hash: str, at: datetime) -> bool:
    """Tell whether a code can still be entered, for the documents as they are now."""
    return (
        code.used_at is None
        and at < code.expires_at
        and code.wrong_tries < codes.TRIES_PER_CODE
        and code.documents_hash == documents_hash
    )


def tries_left(link: Link, code: Code, *, wrong_words: int = 0) -> int:
    """Return how many more tries there are; what we did not send is good for those of the link."""
    of_link = codes.TRIES_PER_LINK - max(link.wrong_tries, wrong_words)
    of_code = codes.TRIES_PER_CODE - code.wrong_tries if code.is_sent else of_link
    return max(0, min(of_code, of_link))


def is_pad_alive(pad: Pad, *, at: datetime) -> bool:
    """Tell whether a phone can still draw for the session that it was lent to."""
    is_open = is_session_alive(pad.session, at=at) and is_link_alive(pad.session.link, at=at)
    return pad.used_at is None and at < pad.expires_at and is_open
