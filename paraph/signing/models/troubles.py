"""What is wrong with an envelope that travels, so that somebody here has to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import QuerySet, Sum

from paraph.messaging.models import Message, MessageState
from paraph.signing import codes

from .standing import ACTING

if TYPE_CHECKING:
    from .entry import Link
    from .parties import Party

RETURNED = (MessageState.BOUNCED, MessageState.FAILED)


class Troubles(NamedTuple):
    """What is wrong; named as the columns that keep it."""

    is_bounced: bool = False
    is_locked: bool = False
    has_question: bool = False


def troubles_of(parties: QuerySet[Party]) -> Troubles:
    """Look at those whose turn it is: their messages, their links, and what they asked."""
    waiting = list(parties.filter(status__in=ACTING))
    return Troubles(
        is_bounced=any(_is_bounced(party) for party in waiting),
        is_locked=any(_is_locked(party) for party in waiting),
        has_question=_is_asked(waiting),
    )


def _way_in(party: Party) -> Link | None:
    """Return the newest link, which is what the party was written last."""
    return party.links.filter(purpose="sign", revoked_at=None).order_by("-id").first()


def _is_bounced(party: Party) -> bool:
    """Tell whether the last message came back; one with a newer link mends it."""
    link = _way_in(party)
    told = Message.objects.about("party", party.pk)
    if link is not None:
        told = told.filter(created_at__gte=link.created_at)
    return told.order_by("-id").values_list("state", flat=True).first() in RETURNED


def _is_locked(party: Party) -> bool:
    """Tell whether the tries of the newest link are spent, or those of the agreed words."""
    link = _way_in(party)
    if link is not None and link.wrong_tries >= codes.TRIES_PER_LINK:
        return True
    wrong = party.links.filter(codes__method="access").aggregate(n=Sum("codes__wrong_tries"))["n"]
    return bool(party.access_mac) and (wrong or 0) >= codes.TRIES_PER_LINK


def _is_asked(waiting: Sequence[Party]) -> bool:
    return any(party.questions.filter(answered_at=None).exists() for party in waiting)
