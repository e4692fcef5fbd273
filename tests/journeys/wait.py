"""Sends a contract whose letter has waited with Frank for two hours: one may remind him."""

import sys
from datetime import UTC, datetime, timedelta

from django.conf import settings

from paraph.signing.models import Envelope
from tests import make
from tests.journeys.send import send

settings.PARAPH_JOBS = "inline"


def wait(title: str) -> None:
    """Send it under that title, and make the link older than it is."""
    send(title)
    links = make.party(Envelope.objects.get(title=title), name="Frank").links
    assert links.update(created_at=datetime.now(UTC) - timedelta(hours=2)) == 1


if __name__ == "__main__":
    wait(*sys.argv[1:])
