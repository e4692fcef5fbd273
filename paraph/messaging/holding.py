"""Keeping messages back after a restore, until somebody says which may leave.

What was queued at the backup may have left the first installation since, and what a restored
copy decides from old rows may have been decided there too. Urgent messages answer a person who
waits now, such as a code, and are never held once they are asked for anew.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db
from paraph.kit.prepared import Prepared

from . import settling
from .events import MessagesDiscarded, MessagesHeld, MessagesReleased
from .models import Hold, Message, MessageState

_HOLDS = Prepared(lambda: Hold.objects.filter(ended_at=None).values_list("begun_at"))


def is_holding(*, since: datetime | None = None) -> bool:
    """Tell whether messages are being kept back, and have been since that very moment."""
    return any(since is None or begun_at == since for (begun_at,) in _HOLDS())


def count_held() -> int:
    """Return how many messages wait for somebody's decision."""
    return Message.objects.filter(state=MessageState.HELD).count()


@db.transaction
def hold_messages(*, by: Actor, at: datetime) -> int:
    """Keep back everything that has not left for certain, and what is written from now on.

    What was being handed over may have left.
    """
    if not is_holding():
        Hold.objects.create(begun_at=at)
    unsent = Message.objects.filter(state__in=[MessageState.QUEUED, MessageState.LEASED])
    unsent.filter(state=MessageState.LEASED).may_come_twice().update(is_in_doubt=True)
    held = unsent.update(state=MessageState.HELD, lease="", leased_until=None, retry_at=None)
    journal.record(MessagesHeld(count=held), by=by, at=at)
    return held


@db.transaction
def release_messages(chosen: Collection[int] | None, *, by: Actor, at: datetime) -> int:
    """Let the chosen messages leave; without a choice all of them, and the hold ends.

    What is of no use any more, such as an old code, does not leave.
    """
    settling.withdraw(_held(chosen).filter(good_until__lt=at), at=at)
    released = _held(chosen).update(state=MessageState.QUEUED, retry_at=at)
    _end_if_all(chosen, at=at)
    journal.record(MessagesReleased(count=released), by=by, at=at)
    return released


@db.transaction
def discard_messages(chosen: Collection[int] | None, *, by: Actor, at: datetime) -> int:
    """Never send the chosen messages; without a choice none of them, and the hold ends."""
    discarded = settling.withdraw(_held(chosen), at=at)
    _end_if_all(chosen, at=at)
    journal.record(MessagesDiscarded(count=discarded), by=by, at=at)
    return discarded


def _held(chosen: Collection[int] | None) -> QuerySet[Message]:
    held = Message.objects.filter(state=MessageState.HELD)
    return held if chosen is None else held.filter(pk__in=chosen)


@db.transaction_required
def _end_if_all(chosen: Collection[int] | None, *, at: datetime) -> None:
    if chosen is None:
        Hold.objects.filter(ended_at=None).update(ended_at=at)
