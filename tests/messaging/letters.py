"""A message to send in tests."""

from paraph.kit import db
from paraph.messaging.actions import deliver
from paraph.messaging.letters import Letter
from paraph.messaging.models import Message
from tests.moments import NOON


@db.transaction
def written(
    channel: str = "email",
    *,
    once: str = "hello",
    to: str = "",
    name: str = "Frank Kowalski",
    is_secret: bool = False,
    is_urgent: bool = False,
    word: str = "Hello",
) -> Message:
    """Write one message to Frank; the inline engine hands it over at once."""
    letter = Letter(
        kind="test_letter",
        channel="sms" if channel == "sms" else "email",
        recipient=to or ("+33612345601" if channel == "sms" else "frank@example.org"),
        recipient_name=name,
        language="en",
        context={"word": word},
        is_secret=is_secret,
        about=("party", 7),
    )
    return deliver(letter, once=once, at=NOON)
