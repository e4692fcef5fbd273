"""The ``paraph`` command: Django's commands under our verbs; ``verify`` needs no Django at all."""

import os
import sys
from collections.abc import Sequence

from . import secrets
from .backup.unfinished import UNFINISHED, is_marked


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["verify"]:
        from paraph.sealing import command

        return command.main(words[1:])

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
    if words[:1] != ["restore"] and is_marked():
        sys.stderr.write(f"{UNFINISHED}\n")
        return 1
    if words[:1] in (["serve"], ["worker"], ["demo"], ["migrate"], ["runner"]):
        secrets.make_missing()
    elif missing := _missing_data(words):
        sys.stderr.write(f"{missing}\n")
        return 1
    from django.core.management import execute_from_command_line

    execute_from_command_line(["paraph", *words])
    return 0


def _missing_data(words: Sequence[str]) -> str:
    """Say where no data are, for the commands that need some."""
    if words[:1] not in (
        ["vault"],
        ["jobs"],
        ["log"],
        ["keys"],
        ["backup"],
        ["held"],
        ["doctor"],
        ["gone"],
    ):
        return ""
    from django.conf import settings

    database = str(settings.DATABASES["default"]["NAME"])
    if settings.IS_POSTGRESQL or os.path.exists(database):
        return ""
    return (
        f"There are no data of Paraph in {settings.PARAPH_DATA}. Name their folder: PARAPH_DATA=…"
    )


if __name__ == "__main__":
    sys.exit(main())
