"""``paraph reactions``: what each event sets in motion."""

from typing import Any

from django.core.management.base import BaseCommand

from paraph.journal.events import EVENTS
from paraph.journal.reacting import reactions_to


class Command(BaseCommand):
    """Lists every event with its reactions."""

    help = "List what each event sets in motion."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line an event, and one line a reaction."""
        for name in sorted(EVENTS):
            self.stdout.write(name)
            for reaction in reactions_to(name):
                promise = (reaction.run.__doc__ or "").strip().split("\n")[0]
                self.stdout.write(f"    {reaction.name}  {promise}".rstrip())
