"""``paraph gone FILE``: what a register names is taken away again, after a restore without it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from paraph.vault.gone import merged
from paraph.vault.repeating import repeat


class Command(BaseCommand):
    """Deletes and erases what had gone before; what is on hold stays, and is named."""

    help = "Take away again what a register (gone.jsonl) says had gone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("register", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only count")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what stays."""
        source: Path = options["register"]
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        is_tried = options["dry_run"]
        done = repeat(merged(source), at=timezone.now(), is_tried=is_tried)
        word = "Would go" if is_tried else "Gone"
        self.stdout.write(f"{word}: {done.documents} documents, {done.people} people.")
        if done.refused:
            raise CommandError("\n".join(done.refused))
