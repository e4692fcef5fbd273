"""What every carrier promises."""

import hashlib
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Protocol

from paraph.messaging.models import Message


class TryAgain(Exception):
    """The carrier did not take the message now; another one may."""


class AnswerLost(TryAgain):
    """The carrier heard everything and its answer is lost: perhaps it took the message."""


class CannotTell(Exception):
    """The carrier keeps no list that could say whether it took an earlier try."""


class RefusedForGood(Exception):
    """Nobody will ever carry this message: there is something wrong with it."""


@dataclass(frozen=True)
class Handed:
    """A message was taken: by whom, and under which id of theirs."""

    carrier: str
    id: str = ""


class Carrier(Protocol):
    """Somebody who takes a message, or says why not."""

    name: str

    def send(self, message: Message) -> Handed:
        """Hand the message over; raises ``TryAgain`` or ``RefusedForGood``."""

    def find(self, message: Message) -> Handed | None:
        """Return what became of an earlier try whose answer was lost; raises ``CannotTell``."""

    def staying_open(self) -> AbstractContextManager[None]:
        """Hand several messages over on one line, where the carrier has a line to keep."""
        return nullcontext()


def key_of(message: Message) -> str:
    """Return the message's own key: the same for each try, and no other message has it."""
    return hashlib.sha256(message.message_id.encode()).hexdigest()[:32]
