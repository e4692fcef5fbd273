"""A real installation whose retention is killed: its own database, and a desk that is asked."""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django


def main() -> None:
    """Read one order a line, and answer each."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(DESK[verb](*arguments)) + "\n")
        sys.stdout.flush()


def move_in(count: int) -> None:
    """Keep so many signed files whose retention has ended."""
    from paraph.documents.models import DocumentClass
    from paraph.vault.actions.retaining import change_retention
    from tests import cast
    from tests.moments import NOON
    from tests.vault.house import signed

    people = cast.gather()
    years = dict.fromkeys(DocumentClass.values, 10)
    change_retention(years, by=people.olga.actor, at=NOON - timedelta(days=2))
    for number in range(count):
        signed(people, title=f"{number:02}", at=NOON - timedelta(days=4000))


def hold(title: str) -> None:
    """Place a document on hold."""
    from paraph.people.models import Employee
    from paraph.vault.actions.holding import place_hold
    from paraph.vault.models import SignedFile
    from tests.moments import NOON

    olga = Employee.objects.get(email="olga@example.org")
    file = SignedFile.objects.get(title=title)
    place_hold(file.document, reason="Lawsuit", by=olga, at=NOON)


def order() -> None:
    """Let the nightly run begin."""
    from paraph.kit import db
    from paraph.kit.jobs import enqueue
    from paraph.vault.jobs import run_retention

    with db.unit_of_work():
        enqueue(run_retention)


def look() -> dict[str, Any]:
    """What is there, and what is left of what has gone."""
    from paraph.documents.models import Document
    from paraph.journal.models import Fact
    from paraph.vault.models import SignedFile, Tombstone

    gone = Fact.objects.filter(event="vault.document-destroyed").select_related("payload")
    return {
        "files": sorted(SignedFile.objects.values_list("title", flat=True)),
        "documents": Document.objects.count(),
        "tombs": Tombstone.objects.count(),
        "proven": sum(fact.is_proven for fact in gone),
    }


DESK: dict[str, Callable[..., Any]] = {
    "move_in": move_in,
    "hold": hold,
    "order": order,
    "look": look,
}

if __name__ == "__main__":
    main()
