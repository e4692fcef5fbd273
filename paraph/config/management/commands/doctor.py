"""``paraph doctor``: what is well, what is not, and how to mend it."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from paraph.config.doctor.findings import Finding, Level
from paraph.config.doctor.rounds import made

MARKS = {Level.FINE: "✓", Level.WARNING: "!", Level.WRONG: "✗"}


class Command(BaseCommand):
    """Changes nothing and sends nothing; exit status 1 when something does not work."""

    help = "Check settings, keys, clock, storage, database, mail, texts, sandbox, jobs and log."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the option."""
        parser.add_argument("--json", action="store_true", help="print one JSON object a line")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a finding, and how to mend it below."""
        levels = set()
        for name, found in made():
            levels.add(found.level)
            self.stdout.write(_json(name, found) if options["json"] else _words(name, found))
        if Level.WRONG in levels:
            sys.exit(1)


def _json(name: str, found: Finding) -> str:
    told = {"check": name, "level": found.level, "says": found.says, "mend": found.mend}
    return json.dumps(told, ensure_ascii=False)


def _words(name: str, found: Finding) -> str:
    line = f"{MARKS[found.level]} {name:13} {found.says}"
    return f"{line}\n  {'':13} → {found.mend}" if found.mend else line
