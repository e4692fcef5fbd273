"""Sends a contract to several parties in the installation of a journey.

Takes the title, the parties as ``make.draft`` reads them, how many of the first group are
enough (0: everybody), and the language that the clients read; ``late`` waits until it expired.
"""

import sys
import time
from datetime import UTC, datetime, timedelta

from paraph.contacts.models import Contact
from paraph.documents.actions.adding import add_document
from paraph.documents.intake import Upload
from paraph.signing.actions.arranging import arrange
from paraph.signing.actions.following import expire_envelope, extend_deadline
from paraph.signing.actions.sending import send_envelope
from paraph.signing.models import Envelope
from tests import make
from tests.journeys.send import known_cast


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


def expire(number: int) -> int:
    """Let the time to sign it run out, and return its number."""
    envelope = Envelope.objects.get(pk=number)
    at = datetime.now(UTC)
    until = at + timedelta(seconds=1)
    extend_deadline(envelope, deadline_at=until, by=envelope.responsible.actor, at=at)
    time.sleep(1.1)
    expire_envelope(envelope, at=datetime.now(UTC))
    return number


if __name__ == "__main__":
    number = send(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
    print(expire(number) if "late" in sys.argv else number)
