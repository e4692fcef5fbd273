"""One try to hand a message over: leased first, settled after, nothing open in between."""

import logging
from datetime import datetime

from paraph.kit.faults import fault_point

from . import settling
from .carriers import AnswerLost, RefusedForGood, TryAgain, carrier_for
from .models import Message

logger = logging.getLogger(__name__)


def hand_over(message_id: int, *, at: datetime) -> None:
    """Hand the message over unless it is done or in another worker's hands."""
    message = settling.lease(message_id, at=at)
    if message is None or _is_over(message, at=at):
        return

    fault_point("before-message")
    if message.is_mailing and message.channel == "email":
        settling.keep_begun(message)
    try:
        carrier = carrier_for(message.channel)
        handed = (carrier.find(message) if message.attempts > 1 else None) or carrier.send(message)
    except Exception as stumble:
        _keep_stumble(message, stumble, at=at)
    else:
        fault_point("after-message")
        settling.keep_handed_over(message, handed=handed, at=at)


def _is_over(message: Message, *, at: datetime) -> bool:
    """Settle what must not be tried again: too late, or a mailing that may have arrived."""
    if message.attempts > 1 and message.good_until and message.good_until < at:
        settling.keep_failed(message, reason="Too late to be of use.", at=at)
        return True
    if message.is_begun:
        settling.keep_unknown(message, reason="The worker ended in between.", at=at)
        return True
    return False


def _keep_stumble(message: Message, stumble: Exception, *, at: datetime) -> None:
    """Keep why it was not taken, and whether it is tried again.

    A repeat carries the same Message-ID; a mailing rather stays away than comes twice.
    """
    if isinstance(stumble, RefusedForGood):
        settling.keep_failed(message, reason=str(stumble), at=at)
    elif isinstance(stumble, AnswerLost) and message.is_mailing:
        settling.keep_unknown(message, reason=str(stumble), at=at)
    elif isinstance(stumble, TryAgain):
        settling.keep_try_again(message, reason=str(stumble), at=at)
    else:  # a bug of ours or nonsense of theirs must not become a loop
        logger.error("Message %s could not be handed over", message.pk, exc_info=stumble)
        settling.keep_try_again(message, reason=type(stumble).__name__, at=at)
