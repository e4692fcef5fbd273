"""``paraph serve``: the whole of Paraph on this machine, until Ctrl-C."""

import subprocess
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone

from paraph.config import serving
from paraph.config.backup.databases import is_being_restored
from paraph.config.backup.unfinished import UNFINISHED
from paraph.config.demo.staff import PASSWORD
from paraph.people.actions.joining import open_set_up
from paraph.people.models import Employee, Installation


class Command(BaseCommand):
    """Prepares the database if asked, then serves the pages and, on SQLite, runs the jobs."""

    help = "Serve Paraph; on SQLite the jobs as well. Stop with Ctrl-C."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--migrate", action="store_true", help="bring the database up to date")
        parser.add_argument("--demo", action="store_true", help="load the demo company")

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until told to stop."""
        if serving.port_answers():
            raise CommandError(
                f"Port {settings.PORT} is taken by another program. Choose one: PORT=8001 make run"
            )
        if is_being_restored():
            raise CommandError(UNFINISHED)
        if options["migrate"]:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        if options["demo"]:
            subprocess.run([*serving.PARAPH, "demo"], check=True)  # noqa: S603  our own command
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        words = self._welcome()
        connections.close_all()

        serving.household().run(lambda: self.stdout.write(words))

    def _welcome(self) -> str:
        """Return where to look, and how to begin."""
        lines = [f"\nParaph is at {settings.PARAPH_URL} (stop with Ctrl-C)"]
        if not Installation.here().set_up_at:
            token = open_set_up(at=timezone.now())
            lines.append(f"Set it up, once, at {settings.PARAPH_URL}/set-up/{token}/")
        elif sign_in := _demo_sign_in():
            lines.append(sign_in)
        if settings.PARAPH_JOBS == "procrastinate":
            lines.append("Jobs need at least one 'paraph worker' beside it.")
        return "\n".join(lines)


def _demo_sign_in() -> str:
    """Say how to enter the demo company; nothing where that password no longer opens it."""
    first = Employee.objects.order_by("pk").first()
    if not Installation.here().is_trial or not first or not first.check_password(PASSWORD):
        return ""
    sign_in = f"Sign in as {first.email} with the password {PASSWORD}"
    return f"{sign_in}; claire, tomasz, lea and ingrid have the same, and fewer rights"
