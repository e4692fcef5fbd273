"""Sends a contract to several parties in the installation of a journey, in a process of its own.

Takes the title, the parties as ``make.draft`` reads them, how many of the first group are
enough (0: everybody), and the language that the clients read.
"""

import sys
from datetime import UTC, datetime

from tests.journeys.send import known_cast  # sets Django up

from paraph.contacts.models import Contact  # isort: skip
from paraph.documents.actions.adding import add_document  # isort: skip
from paraph.documents.intake import Upload  # isort: skip
from paraph.signing.actions.arranging import arrange  # isort: skip
from paraph.signing.actions.sending import send_envelope  # isort: skip
from tests import make  # isort: skip


def send(title: str, parties: str, needed: int, language: str) -> int:
    """Send it and return the envelope's number; signers may hand over."""
    cast, at = known_cast(), datetime.now(UTC)
    document = add_document(
        [Upload("contract.pdf", make.pdf(pages=1))],
        title=title,
        responsible=cast.alice,
        by=cast.alice.actor,
        at=at,
    )
    Contact.objects.filter(pk__in=[cast.frank.pk, cast.grace.pk]).update(language=language)
    envelope = make.draft(cast, parties=parties, title=title, documents=[document], at=at)
    arrange(envelope, needed={1: needed or None}, may_hand_over=True)
    send_envelope(envelope, by=cast.alice.actor, at=at)
    Contact.objects.filter(pk__in=[cast.frank.pk, cast.grace.pk]).update(language="en")
    return envelope.pk


if __name__ == "__main__":
    print(send(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
