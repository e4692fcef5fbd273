"""``paraph restore FILE``: an installation from a backup, where there is none yet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from paraph.config.backup.archive import NotABackup
from paraph.config.backup.restoring import CannotRestore, restore
from paraph.config.backup.storage import NotWritten
from paraph.journal.log.verifying import verify_log
from paraph.vault.repeating import Repeated


class Command(BaseCommand):
    """Checks the archive, writes everything, holds messages back and opens a new log."""

    help = "Restore a backup into an empty data folder (PARAPH_DATA) and database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the argument."""
        parser.add_argument("archive", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, recompute the log, and say what is to be done next."""
        source: Path = options["archive"]
        if not source.is_file():
            raise CommandError(f"There is no file {source}.")
        try:
            restored = restore(source, at=timezone.now())
        except (CannotRestore, NotABackup, NotWritten) as refusal:
            raise CommandError(str(refusal)) from None
        say = self.stdout.write
        say(f"Restored as of {restored.made_at}: {restored.members} parts, every hash as listed.")
        say(f"The public log goes on in {restored.log}.")
        say(
            f"{restored.held} messages are held, and new ones will be, except codes: the "
            "installation that was backed up may have sent them. Decide about them under "
            "Connections, or with 'paraph held'."
        )
        self._tell(restored.repeated)
        if findings := verify_log():
            words = [f"Log {it.shard}, entry {it.index}: {it.what}." for it in findings]
            raise CommandError("\n".join(["The log was not whole when it was backed up.", *words]))

    def _tell(self, repeated: Repeated) -> None:
        """Say what had gone before and went again, and what could not."""
        if repeated.documents or repeated.people:
            self.stdout.write(
                f"Deleted since that backup, and now again: {repeated.documents} documents; "
                f"{repeated.people} people are erased again as soon as Paraph serves."
            )
        for refusal in repeated.refused:
            self.stdout.write(f"Not deleted again: {refusal}")
