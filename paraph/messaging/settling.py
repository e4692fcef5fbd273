"""Taking a message for one try, and keeping what became of it: guarded by a lease."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from paraph import journal
from paraph.kit import db

from .carriers import MAILBOX, Handed
from .carriers.receipts import Receipt
from .events import MessageReturned
from .models import ON_THE_WAY, Message, MessageState

LEASE = timedelta(seconds=40)  # longer than a slow carrier takes, so that nobody tries beside it
LEASE_OF_MAILINGS = timedelta(minutes=5)  # longer than the last one takes that is begun in time
LONGEST_PAUSE = timedelta(minutes=10)


@db.transaction
def lease(message_id: int, *, at: datetime) -> Message | None:
    """Take the message for one try; nothing if it is gone, done or in somebody's hands.

    Whoever left it orphaned may have handed it over.
    """
    free = Message.objects.filter(pk=message_id, state=MessageState.QUEUED)
    if _lease(free, at=at):
        return Message.objects.get(pk=message_id)
    orphaned = Message.objects.filter(pk=message_id).orphaned(at)
    orphaned.may_come_twice().update(is_in_doubt=True)
    return Message.objects.get(pk=message_id) if _lease(orphaned, at=at) else None


@db.transaction_required
def _lease(messages: QuerySet[Message], *, at: datetime) -> bool:
    taken = messages.update(
        state=MessageState.LEASED,
        lease=secrets.token_hex(8),
        leased_until=at + LEASE,
        attempts=F("attempts") + 1,
    )
    return bool(taken)


@db.transaction
def keep_in_mailbox(message_id: int, *, at: datetime) -> bool:
    """Put the message into the Mailbox of a trial: nothing leaves the house, nobody is asked."""
    waiting = Message.objects.filter(pk=message_id, state=MessageState.QUEUED, asked="")
    return bool(
        waiting.update(
            state=MessageState.DELIVERED,
            provider=MAILBOX,
            attempts=F("attempts") + 1,
            sent_at=at,
            error="",
        )
    )


@db.transaction
def lease_mailings(pks: range, *, asked: str, at: datetime) -> list[Message]:
    """Take all mailings among these that nobody has tried to hand over.

    That the carrier may have them is noted for all at once, before the first one leaves: of what
    a killed worker held, nobody can tell how far it came.
    """
    token = secrets.token_hex(8)
    among = Message.objects.filter(pk__gte=pks.start, pk__lt=pks.stop, channel="email")
    fresh = among.filter(state=MessageState.QUEUED, attempts=0).exclude(unsubscribe_url="")
    leased_until = at + LEASE_OF_MAILINGS
    fresh.update(
        state=MessageState.LEASED, lease=token, leased_until=leased_until, attempts=1, asked=asked
    )
    return list(among.filter(lease=token).order_by("id"))


def is_still_wanted(message: Message) -> bool:
    """Tell whether a leased mailing was neither taken back meanwhile nor taken over."""
    return _mine(message).filter(good_until=None).exists()


@db.transaction
def give_back(mailings: Sequence[Message], *, at: datetime) -> None:
    """Nobody tried to hand these over after all: they wait as before, or were taken back."""
    for message in mailings:
        _settle(message, state=MessageState.QUEUED, attempts=0, asked="", retry_at=at)
    untried = Message.objects.filter(pk__in=[it.pk for it in mailings], attempts=0)
    withdraw(untried.exclude(good_until=None), at=at)


@db.transaction
def keep_handed_over(taken: Iterable[tuple[Message, Handed]], *, at: datetime) -> None:
    """The carriers took them, together or one alone."""
    for message, handed in taken:
        _keep_taken(message, handed=handed, at=at)


@db.transaction_required
def _keep_taken(message: Message, *, handed: Handed, at: datetime) -> None:
    """The words are erased now, except where the Mailbox is the carrier."""
    _settle(
        message,
        state=MessageState.DELIVERED if handed.carrier == MAILBOX else MessageState.SENT,
        provider=handed.carrier,
        provider_id=handed.id,
        sent_at=at,
        error="",
        **({} if handed.carrier == MAILBOX else _forgotten(message)),
    )


@db.transaction
def keep_try_again(message: Message, *, reason: str, may_be_there: bool, at: datetime) -> None:
    """The carrier could not take it now: again after a pause that doubles up to ten minutes."""
    pause = min(timedelta(seconds=2 ** min(message.attempts, 10)), LONGEST_PAUSE)
    asked = message.asked if may_be_there else ""
    is_in_doubt = message.is_in_doubt or (may_be_there and message.may_come_twice)
    _settle(
        message,
        state=MessageState.QUEUED,
        error=reason[:300],
        retry_at=at + pause,
        asked=asked,
        is_in_doubt=is_in_doubt,
    )


@db.transaction
def keep_asked(message: Message, *, carrier: str) -> None:
    """From here on this carrier may have taken it, even if nobody lives to say so."""
    _mine(message).update(asked=carrier)
    message.asked = carrier


@db.transaction
def keep_unknown(message: Message, *, reason: str, at: datetime) -> None:
    """Perhaps the carrier took it, and nobody can tell: it is not repeated by itself."""
    _settle(
        message,
        state=MessageState.UNKNOWN,
        error=reason[:300],
        sent_at=at,
        **_forgotten(message),
    )


@db.transaction_required
def withdraw(messages: QuerySet[Message], *, at: datetime) -> int:
    """Take back what no carrier has yet; what is being handed over now is not tried again."""
    forgotten = {"text": "", "html": "", "unsubscribe_url": ""}
    on_the_way = messages.filter(state__in=ON_THE_WAY).order_by("pk")
    list(on_the_way.select_for_update().values_list("pk"))  # nobody takes one in between
    messages.filter(state=MessageState.LEASED).update(good_until=at)
    waiting = messages.filter(state__in=[MessageState.QUEUED, MessageState.HELD])
    return waiting.update(state=MessageState.WITHDRAWN, retry_at=None, **forgotten)


@db.transaction
def keep_failed(message: Message, *, reason: str, at: datetime) -> None:
    """The carrier will never take it; nobody needs its words any more."""
    is_mine = _settle(
        message, state=MessageState.FAILED, error=reason[:300], **_forgotten(message)
    )
    if is_mine:
        _tell_returned([message], reason=reason, at=at)


@db.transaction
def keep_receipt(provider: str, receipt: Receipt, *, at: datetime) -> bool:
    """Keep what became of a message after it left; late and repeated receipts change nothing."""
    left = Message.objects.filter(provider=provider, provider_id=receipt.id)
    open_ = left.filter(state__in=[MessageState.SENT, MessageState.UNKNOWN])
    if receipt.is_delivered:
        return bool(open_.update(state=MessageState.DELIVERED, error=receipt.reason[:300]))
    return bool(_bounce(open_, reason=receipt.reason, at=at))


@db.transaction
def keep_bounced(message_id: str, *, recipient: str, reason: str, at: datetime) -> int:
    """An e-mail came back: by its Message-ID and to whom it went, which no stranger knows."""
    left = Message.objects.filter(message_id=message_id, recipient__iexact=recipient)
    arrived = left.filter(channel="email", state__in=[MessageState.SENT, MessageState.UNKNOWN])
    return _bounce(arrived, reason=reason, at=at)


@db.transaction_required
def _bounce(messages: QuerySet[Message], *, reason: str, at: datetime) -> int:
    """Mark messages as come back, and tell whoever wants to mend it."""
    returned = list(messages.select_for_update())
    messages.filter(pk__in=[it.pk for it in returned]).update(
        state=MessageState.BOUNCED, error=reason[:300]
    )
    _tell_returned(returned, reason=reason, at=at)
    return len(returned)


@db.transaction_required
def _tell_returned(messages: Iterable[Message], *, reason: str, at: datetime) -> None:
    """Write down what came back, on the timeline of whom it was written to."""
    for it in messages:
        if it.noun and it.noun_id is not None:
            fact = MessageReturned(
                noun=it.noun,
                noun_id=it.noun_id,
                message=it.pk,
                kind=it.kind,
                channel=it.channel,
                recipient=it.recipient,
                reason=reason[:300],
            )
            journal.record(fact, by=journal.SYSTEM, at=at)


def _forgotten(message: Message) -> dict[str, str]:
    """Return what is left of the words: they carry links and codes, which are kept hashed only."""
    return {
        "text": "",
        "html": "",
        "unsubscribe_url": "",
        "subject": "" if message.is_secret else message.subject,
    }


@db.transaction_required
def _settle(message: Message, **fields: object) -> bool:
    """Write what became of it, unless the lease has passed to somebody else meanwhile."""
    return bool(_mine(message).update(lease="", leased_until=None, **fields))


def _mine(message: Message) -> QuerySet[Message]:
    """Return the message as long as nobody has taken over its lease."""
    return Message.objects.filter(pk=message.pk, state=MessageState.LEASED, lease=message.lease)
