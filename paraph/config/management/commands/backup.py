"""``paraph backup --to FILE``: everything of the installation in one checked archive."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from paraph.config.backup.databases import DatabaseDamaged
from paraph.config.backup.making import Backup, make_backup
from paraph.vault.gone import NAME, write_whole


class Command(BaseCommand):
    """Backs up while the installation works; the master key stays behind unless asked for."""

    help = "Back up database, files, public log and encrypted keys into one archive."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument(
            "--to", type=Path, required=True, metavar="FILE", help="the archive, or its folder"
        )
        parser.add_argument(
            "--with-master-key",
            action="store_true",
            help="put the master key into the archive too: whoever has it can sign as you",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it, and say what is in it and what is wrong."""
        target: Path = options["to"].absolute()
        if not target.parent.is_dir() or target.is_file():
            raise CommandError(f"{target} must be a new file in a folder that exists.")
        try:
            made = make_backup(
                target, with_master_key=options["with_master_key"], at=timezone.now()
            )
        except DatabaseDamaged as damage:
            raise CommandError(
                f"The database is damaged, nothing was backed up: {damage}"
            ) from None
        number = write_whole(made.path.with_name(NAME))
        self.stdout.write(f"{made.path}: {made.members} parts, {made.size:,} bytes, all checked.")
        if not options["with_master_key"]:
            self.stdout.write("The master key is not in it. Keep a copy of it somewhere else.")
        if number:
            self.stdout.write(
                f"Beside it, {NAME} names the {number} documents and people that were deleted: "
                "a restore takes them away again."
            )
        if wrong := _wrong(made):
            raise CommandError("\n".join(wrong))


def _wrong(made: Backup) -> list[str]:
    """Say which files were not whole when they were backed up."""
    damaged = [f"Damaged in the store, and in the backup: {name}" for name in made.damaged]
    return [*damaged, *(f"Missing in the store, and in the backup: {it}" for it in made.missing)]
