"""The Mailbox of a trial installation: a message has arrived when its row says so."""

from paraph.messaging.models import Message

from .base import Carrier, Handed

MAILBOX = "mailbox"


class Mailbox(Carrier):
    """Keeps messages where the person who tries Paraph reads them."""

    name = MAILBOX

    def send(self, message: Message) -> Handed:
        return Handed(MAILBOX)

    def find(self, message: Message) -> Handed | None:
        return None
