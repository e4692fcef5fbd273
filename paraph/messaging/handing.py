"""One try to hand a message over: leased first, settled after, nothing open in between."""

import logging
from collections.abc import Sequence
from datetime import datetime

from paraph.kit.faults import fault_point

from . import settling
from .carriers import (
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


def hand_over(message_id: int, *, at: datetime) -> None:
    """Hand the message over unless it is done or in another worker's hands."""
    message = settling.lease(message_id, at=at)
    if message is None or _is_too_late(message, at=at):
        return

    fault_point("before-message")
    try:
        handed = _carried(message, carriers_for(message.channel))
    except Exception as stumble:
        _keep_stumble(message, stumble, at=at)
    else:
        fault_point("after-message")
        settling.keep_handed_over(message, handed=handed, at=at)


def _is_too_late(message: Message, *, at: datetime) -> bool:
    if message.attempts > 1 and message.good_until and message.good_until < at:
        settling.keep_failed(message, reason="Too late to be of use.", at=at)
        return True
    return False


def _carried(message: Message, carriers: Sequence[Carrier]) -> Handed:
    """Have the first carrier that can take the message; who may have it already is asked first."""
    if message.asked and (known := _found(message, carriers)):
        return known
    for carrier, is_last in zip(carriers, [*[False] * (len(carriers) - 1), True], strict=True):
        if not message.may_come_twice:
            settling.keep_asked(message, carrier=carrier.name)
        try:
            return carrier.send(message)
        except AnswerLost:
            raise
        except TryAgain:
            if is_last:
                raise
    raise TryAgain("Nobody carries this message.")


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
