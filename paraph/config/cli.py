"""The ``paraph`` command: Django's commands under our verbs; ``verify`` needs no Django at all."""

import os
import sys
from collections.abc import Sequence

from . import secrets


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["verify"]:
        from paraph.sealing import command

        return command.main(words[1:])

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paraph.config.settings")
    if words[:1] in (["serve"], ["worker"], ["demo"], ["migrate"], ["runner"]):
        secrets.make_missing()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["paraph", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())
