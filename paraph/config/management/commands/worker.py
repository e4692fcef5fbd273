"""``paraph worker``: work on the jobs of a PostgreSQL installation."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from paraph.config.backup.databases import is_being_restored
from paraph.config.backup.unfinished import UNFINISHED


class Command(BaseCommand):
    """Runs until SIGTERM or SIGINT; start as many as you like, on any machine."""

    help = "Work on the jobs of an installation on PostgreSQL."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until told to stop."""
        if settings.PARAPH_JOBS != "procrastinate":
            raise CommandError("On SQLite 'paraph serve' does this work. Workers need PostgreSQL.")

        if is_being_restored():
            raise CommandError(UNFINISHED)

        from paraph.kit.worker import Worker

        Worker().run()
