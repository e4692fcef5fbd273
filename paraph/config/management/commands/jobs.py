"""``paraph jobs``: the jobs that were given up, and another chance for one of them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from paraph.kit.jobs import engine


class Command(BaseCommand):
    """Lists the parked jobs, or gives one another chance."""

    help = "List the jobs that were given up after many attempts; --retry tries one again."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--retry", type=int, metavar="ID", help="try this job again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write one line a job."""
        if options["retry"] is not None:
            engine().retry(options["retry"])
            return
        for order in engine().parked():
            ids = ", ".join(f"{name}={value}" for name, value in order.ids.items())
            self.stdout.write(f"{order.id}  {order.name}({ids})  {order.attempts}×  {order.error}")
