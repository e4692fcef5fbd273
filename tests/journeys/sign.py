"""Lets Frank sign what he was sent under a title, as soon as his letter has come."""

import sys
import time
from datetime import UTC, datetime

from paraph.messaging.models import Message
from paraph.signing.models import Envelope
from tests import make

PATIENCE_SECONDS = 120


def sign(title: str) -> None:
    """Follow the link, enter the code, fill the places, and press Sign."""
    frank = make.party(Envelope.objects.get(title=title), name="Frank")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not Message.objects.about("party", frank.pk).exists():
        assert time.monotonic() < deadline, "No letter came."
        time.sleep(0.1)
    make.act(make.party(frank.envelope, name="Frank"), at=datetime.now(UTC))


if __name__ == "__main__":
    sign(*sys.argv[1:])
