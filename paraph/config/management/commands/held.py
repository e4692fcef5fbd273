"""``paraph held``: the messages that a restore keeps back, and what becomes of them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from paraph.journal import SYSTEM
from paraph.messaging.holding import discard_messages, is_holding, release_messages
from paraph.messaging.models import Message, MessageState


class Command(BaseCommand):
    """Lists the held messages, or releases or discards them all, which ends the hold."""

    help = "List the messages that are held since a restore; --release or --discard all of them."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--release", action="store_true", help="send them all and go on")
        choice.add_argument("--discard", action="store_true", help="send none of them and go on")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line a message, or settle them."""
        if options["release"]:
            count = release_messages(None, by=SYSTEM, at=timezone.now())
            self.stdout.write(f"{count} messages leave.")
        elif options["discard"]:
            count = discard_messages(None, by=SYSTEM, at=timezone.now())
            self.stdout.write(f"{count} messages are never sent.")
        elif is_holding():
            self._list()
        else:
            self.stdout.write("No message is held.")

    def _list(self) -> None:
        for held in Message.objects.filter(state=MessageState.HELD).order_by("pk").iterator():
            written = f"{held.created_at:%Y-%m-%d %H:%M}"
            self.stdout.write(f"{held.pk}  {written}  {held.kind}  {held.recipient}")
        self.stdout.write(
            "Decide about each under Connections, or about all: --release, --discard"
        )
