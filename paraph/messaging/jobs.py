"""Handing messages over in the background."""

from datetime import UTC, datetime

from django.conf import settings

from paraph.kit import db
from paraph.kit.jobs import enqueue, job

from . import bounces, handing
from .models import Message

STRETCH = 10
"""So many mailings, written one after another, leave together. It is the most that one killed
worker leaves in doubt."""


@job(queue="messages", priority=0)
def hand_over(message_id: int) -> None:
    """Hand one message to its carrier."""
    handing.hand_over(message_id, at=datetime.now(UTC))


@job(queue="messages", priority=100)
def hand_over_urgently(message_id: int) -> None:
    """Hand over a code, before everything else that waits."""
    handing.hand_over(message_id, at=datetime.now(UTC))


@job(queue="messages", priority=-10)
def hand_over_later(message_id: int) -> None:
    """Hand over a mailing, when nothing else waits."""
    handing.hand_over(message_id, at=datetime.now(UTC))


@job(queue="messages", priority=-10)
def hand_over_mailings(stretch: int) -> None:
    """Hand over the mailings of one stretch of messages together, when nothing else waits."""
    pks = range(stretch * STRETCH, (stretch + 1) * STRETCH)
    handing.hand_over_mailings(pks, at=datetime.now(UTC))


@job(queue="messages", priority=50)
def sweep_messages() -> None:
    """Order every message again whose worker is gone or whose pause is over."""
    _order_stranded(at=datetime.now(UTC))


@job(queue="messages", priority=-10)
def collect_bounces() -> None:
    """Read what came back from the mailbox that the settings name, if any."""
    if settings.BOUNCES_URL:
        bounces.collect(settings.BOUNCES_URL, at=datetime.now(UTC))


@db.transaction_required
def order_hand_over(message: Message) -> None:
    """Have a worker hand the message over; codes overtake everything."""
    if _is_fresh_mailing(message):
        stretch = message.pk // STRETCH
        enqueue(hand_over_mailings, once=f"mailings-{stretch}", stretch=stretch)
        return
    usual = hand_over_later if message.is_mailing else hand_over
    order = hand_over_urgently if message.is_urgent else usual
    enqueue(order, message_id=message.pk, once=f"message-{message.pk}-{message.attempts}")


def _is_fresh_mailing(message: Message) -> bool:
    return message.is_mailing and message.channel == "email" and not message.attempts


@db.transaction
def _order_stranded(*, at: datetime) -> None:
    """Order one message by itself, and mailings that nobody has tried by their stretch."""
    stranded = Message.objects.stranded(at).defer("text", "html")[:1000]
    fresh = {it.pk // STRETCH: it for it in stranded if _is_fresh_mailing(it)}
    for message in (*(it for it in stranded if not _is_fresh_mailing(it)), *fresh.values()):
        order_hand_over(message)
