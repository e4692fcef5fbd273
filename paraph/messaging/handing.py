"""One try to hand a message over: leased first, settled after, nothing open in between."""

import logging
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime

from django.utils.translation import gettext_noop

from paraph.kit import db
from paraph.kit.faults import fault_point
from paraph.kit.prepared import Prepared, given

from . import settling
from .carriers import (
    MAILBOX,
    AnswerLost,
    CannotTell,
    Carrier,
    Handed,
    RefusedForGood,
    TryAgain,
    carriers_for,
)
from .models import Message

logger = logging.getLogger(__name__)

TOO_LATE = gettext_noop("Too late to be of use.")

_CHANNEL = Prepared(lambda: Message.objects.filter(pk=given("message")).values_list("channel"))

PATIENCE_SECONDS = 15
"""So long one worker begins with further mailings of a stretch; ``LEASE_OF_MAILINGS`` lets the
last one take its time."""


def hand_over(message_id: int, *, at: datetime) -> None:
    """Hand the message over unless it is done or in another worker's hands."""
    (channel,) = _CHANNEL.first(message=message_id) or ("",)
    carriers = _carriers_for(channel)
    if _is_trial(carriers) and _kept_in_mailbox(message_id, at=at):
        return
    message = settling.lease(message_id, at=at)
    if message is None or _is_too_late(message, at=at):
        return

    if handed := _tried(message, carriers, at=at):
        settling.keep_handed_over([(message, handed)], at=at)


def _is_trial(carriers: Sequence[Carrier]) -> bool:
    return [carrier.name for carrier in carriers] == [MAILBOX]


def _kept_in_mailbox(message_id: int, *, at: datetime) -> bool:
    fault_point("before-message")
    with db.soon_durable():  # nothing leaves the house: lost in a power cut, it is put there again
        return settling.keep_in_mailbox(message_id, at=at)


def hand_over_mailings(pks: range, *, at: datetime) -> None:
    """Hand over what nobody has tried of a stretch of mailings, on one line to each server.

    It is taken in one commit and kept in another: waiting for the disk took longer than sending.
    Whatever ends it early, what was taken is kept, and what nobody has tried is given back.
    """
    carriers = _carriers_for("email")
    waiting = settling.lease_mailings(pks, asked=carriers[0].name if carriers else "", at=at)
    taken: list[tuple[Message, Handed]] = []
    with ExitStack() as ending:
        for carrier in carriers:
            ending.enter_context(carrier.staying_open())
        ending.callback(settling.give_back, waiting, at=at)
        ending.callback(settling.keep_handed_over, taken, at=at)
        _try_all(waiting, carriers, taken=taken, at=at)


def _try_all(
    waiting: list[Message],
    carriers: Sequence[Carrier],
    *,
    taken: list[tuple[Message, Handed]],
    at: datetime,
) -> None:
    """Move from ``waiting`` to ``taken`` while there is time; what was taken back stays."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for message in list(waiting):
        if time.monotonic() > deadline:
            return
        if settling.is_still_wanted(message):
            waiting.remove(message)
            if handed := _tried(message, carriers, at=at):
                taken.append((message, handed))


def _carriers_for(channel: str) -> Sequence[Carrier]:
    """Return who may carry it; while nobody does, each message tells so by itself."""
    try:
        return carriers_for(channel)
    except TryAgain:
        return []


def _tried(message: Message, carriers: Sequence[Carrier], *, at: datetime) -> Handed | None:
    """Try once; why nobody took it is kept at once."""
    fault_point("before-message")
    try:
        handed = _carried(message, carriers)
    except Exception as stumble:
        _keep_stumble(message, stumble, at=at)
        return None
    fault_point("after-message")
    return handed


def _is_too_late(message: Message, *, at: datetime) -> bool:
    if message.attempts > 1 and message.good_until and message.good_until < at:
        keep = settling.keep_unknown if message.asked else settling.keep_failed
        keep(message, reason=TOO_LATE, at=at)
        return True
    return False


def _carried(message: Message, carriers: Sequence[Carrier]) -> Handed:
    """Have the first carrier that can take the message; who may have it already is asked first.

    At the first attempt nobody has it: there ``asked`` is noted beforehand, for a whole stretch.
    """
    if message.asked and message.attempts > 1 and (known := _found(message, carriers)):
        return known
    for carrier in carriers:
        if not message.may_come_twice and message.asked != carrier.name:
            settling.keep_asked(message, carrier=carrier.name)
        try:
            return carrier.send(message)
        except AnswerLost:
            raise
        except TryAgain:
            if carrier is carriers[-1]:
                raise
    raise TryAgain(f"No provider is configured for {message.channel}.")


def _found(message: Message, carriers: Sequence[Carrier]) -> Handed | None:
    """Ask whom an earlier try was given to, where its answer never came."""
    asked = next((carrier for carrier in carriers if carrier.name == message.asked), None)
    if asked is None:
        raise CannotTell(f"{message.asked} is not configured any more.")
    return asked.find(message)


def _keep_stumble(message: Message, stumble: Exception, *, at: datetime) -> None:
    """Keep why it was not taken, and whether it is tried again.

    A repeated e-mail carries the same Message-ID; a mailing rather stays away than comes twice,
    and so does a text whose provider cannot say whether it has it.
    """
    if isinstance(stumble, RefusedForGood):
        settling.keep_failed(message, reason=str(stumble), at=at)
    elif isinstance(stumble, CannotTell):
        settling.keep_unknown(message, reason=str(stumble), at=at)
    elif isinstance(stumble, TryAgain):
        is_lost = isinstance(stumble, AnswerLost)
        settling.keep_try_again(message, reason=str(stumble), may_be_there=is_lost, at=at)
    else:  # a bug of ours or nonsense of theirs must not become a loop
        logger.error("Message %s could not be handed over", message.pk, exc_info=stumble)
        settling.keep_try_again(message, reason=type(stumble).__name__, may_be_there=True, at=at)
