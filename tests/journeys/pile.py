"""Sends several contracts that Erin signs first."""

import sys
from datetime import UTC, datetime

from paraph.documents.actions.adding import add_document
from paraph.documents.intake import Upload
from paraph.signing.actions.sending import send_envelope
from tests import make
from tests.journeys.send import known_cast


def pile(title: str, times: int) -> None:
    """Send ``title 1``, ``title 2`` and so on."""
    cast, at = known_cast(), datetime.now(UTC)
    for number in range(1, times + 1):
        named = f"{title} {number}"
        document = add_document(
            [Upload("contract.pdf", make.pdf())],
            title=named,
            responsible=cast.alice,
            by=cast.alice.actor,
            at=at,
        )
        envelope = make.draft(cast, title=named, documents=[document], at=at)
        send_envelope(envelope, by=cast.alice.actor, at=at)


if __name__ == "__main__":
    pile(sys.argv[1], int(sys.argv[2]))
