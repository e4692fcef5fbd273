"""What every carrier promises."""

from dataclasses import dataclass
from typing import Protocol

from paraph.messaging.models import Message


class TryAgain(Exception):
    """The carrier could not take the message now."""


class AnswerLost(TryAgain):
    """The carrier heard everything and its answer is lost: perhaps it took the message."""


class RefusedForGood(Exception):
    """The carrier will never take this message."""


@dataclass(frozen=True)
class Handed:
    """A message was taken: by whom, and under which id of theirs."""

    carrier: str
    id: str = ""


class Carrier(Protocol):
    """Somebody who takes a message, or says why not."""

    def send(self, message: Message) -> Handed:
        """Hand the message over; raises ``TryAgain`` or ``RefusedForGood``."""

    def find(self, message: Message) -> Handed | None:
        """Return what became of an earlier try whose answer was lost, where that can be asked."""
