"""One try to hand a message over: leased first, settled after, nothing open in between."""

import logging
from datetime import datetime

from paraph.kit.faults import fault_point

from . import settling
from .carriers import RefusedForGood, TryAgain, carrier_for

logger = logging.getLogger(__name__)


def hand_over(message_id: int, *, at: datetime) -> None:
    """Hand the message over unless it is done or in another worker's hands."""
    message = settling.lease(message_id, at=at)
    if message is None:
        return

    if message.attempts > 1 and message.good_until and message.good_until < at:
        return settling.keep_failed(message, reason="Too late to be of use.", at=at)

    fault_point("before-message")
    try:
        carrier = carrier_for(message.channel)
        handed = (carrier.find(message) if message.attempts > 1 else None) or carrier.send(message)
    except TryAgain as reason:
        settling.keep_try_again(message, reason=str(reason), at=at)
    except RefusedForGood as reason:
        settling.keep_failed(message, reason=str(reason), at=at)
    except Exception as stumble:  # a bug of ours or nonsense of theirs must not become a loop
        logger.exception("Message %s could not be handed over", message.pk)
        settling.keep_try_again(message, reason=type(stumble).__name__, at=at)
    else:
        settling.keep_handed_over(message, handed=handed, at=at)
