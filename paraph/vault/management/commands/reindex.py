"""``paraph reindex``: bring what is completed into the vault, and read all of it again."""

from typing import Any

from django.core.management.base import BaseCommand

from paraph.signing.models import Envelope
from paraph.vault import jobs
from paraph.vault.models import SignedFile, TextState


class Command(BaseCommand):
    """May be stopped and begun again; what it has read stays found meanwhile."""

    help = "Read every signed document again, so that the vault's search finds what it says."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the completed envelopes, the oldest first."""
        SignedFile.objects.update(text_state=TextState.WAITING)
        keys = Envelope.objects.completed().order_by("pk").values_list("pk", flat=True)
        for pk in keys.iterator():
            jobs.read_files(envelope_id=pk)
        self.stdout.write(f"{SignedFile.objects.count()} signed documents can be searched.")
