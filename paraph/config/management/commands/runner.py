"""``paraph runner``: work on the jobs of an SQLite installation; ``serve`` starts it by itself."""

import signal
from typing import Any

from django.core.management.base import BaseCommand

from paraph.kit.runner import Runner


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT; a second runner waits for the first to end."""

    help = "Work on the jobs of an installation on SQLite. 'paraph serve' starts it by itself."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        runner = Runner()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: runner.stop())
        runner.run()
