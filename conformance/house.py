"""Makes the files of one place in an installation of its own: ``python -m conformance.house
PLACE FOLDER``."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

from conformance import samples
from conformance.kinds import Place, made_in


def main(arguments: list[str]) -> None:
    """Move in, make every kind of file that belongs here, and move out."""
    place, folder = Place(arguments[0]), Path(arguments[1])
    os.environ["CONFORMANCE_PLACE"] = place
    with tempfile.TemporaryDirectory() as data:
        move_in(Path(data))
        for make in made_in(place):
            for sample in make():
                samples.file(sample, folder=folder)


def is_trial() -> bool:
    """Whether this process's installation is one to try things out."""
    return os.environ["CONFORMANCE_PLACE"] == Place.TRIAL


def move_in(data: Path) -> None:
    """Set up an empty installation for this process."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "paraph.config.settings",
        "PARAPH_DATA": str(data),
        "PARAPH_KEY_FILE": str(data / "master.key"),
        "PARAPH_SECRET_KEY": "only for these files",
        "PARAPH_JOBS": "inline",
        "DATABASE_URL": "",
        # Nothing is delivered: the letters stay in the database, where their readers are.
        "PARAPH_SMTP_URL": "" if is_trial() else "smtp://127.0.0.1:9",
        "PARAPH_TWILIO_ACCOUNT": "" if is_trial() else "conformance",
        "PARAPH_TWILIO_TOKEN": "" if is_trial() else "conformance",
        "PARAPH_TWILIO_FROM": "" if is_trial() else "+15005550006",
        "PARAPH_TWILIO_URL": "http://127.0.0.1:9",
    }
    (data / "master.key").write_text(secrets.token_hex(32), encoding="ascii")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
