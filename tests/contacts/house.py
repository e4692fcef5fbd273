"""A real installation for fault tests of long work: its own database, and a desk that orders."""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django
from django.db import connection


def main() -> None:
    """Read one order a line, and answer each."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "paraph.config.settings"
    django.setup()
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(DESK[verb](*arguments)) + "\n")
        sys.stdout.flush()
        connection.close()


def begin(rows: int, companies: int) -> int:
    """Move in and have a file of so many rows checked; the number of its import."""
    from paraph.contacts.importing.actions import begin_import, choose_columns, start_check
    from paraph.contacts.importing.intake import take_in
    from tests import cast

    alice = cast.gather().alice
    lines = (
        f"Row,Number {number},n{number}@x.example,Firm {number % companies}"
        for number in range(rows)
    )
    content = "\n".join(["Last name,First name,E-mail,Company", *lines]).encode()
    given = begin_import(take_in(content), file_name="rows.csv", owner=alice, at=_now())
    choose_columns(
        given, columns=given.columns, has_heading=True, duplicates="update", defaults={}
    )
    start_check(given, at=_now())
    return given.pk


def bring_in(number: int) -> None:
    """Order the import itself."""
    from paraph.contacts.importing.actions import start_import
    from paraph.contacts.importing.models import Import

    start_import(Import.objects.get(pk=number), at=_now())


def take_back() -> None:
    """Order that the newest import is undone."""
    from paraph.batches.actions import undo_batch
    from paraph.batches.models import Batch

    batch = Batch.objects.filter(kind="contacts.import").latest("id")
    undo_batch(batch, by=batch.owner.actor, at=_now())


def take_out() -> None:
    """Order an export of everything."""
    from paraph.batches.actions import start_batch
    from paraph.people.models import Employee

    olga = Employee.objects.get(first_name="Olga")
    given = {"format": "csv", "file_name": "all.csv"}
    start_batch("contacts.export", given=given, total=None, owner=olga, at=_now())


def gather(rows: int) -> None:
    """Move in with so many contacts more than Frank and Grace."""
    from tests import cast
    from tests.desk import crowd

    crowd.contacts(cast.gather(), rows)


def hand_over(heir: str) -> None:
    """Order that somebody else is responsible for every contact."""
    from paraph.batches.actions import start_batch
    from paraph.kit.listing import Selection
    from paraph.people.models import Employee

    given = {
        "selection": Selection(criteria={}).to_json(),
        "responsible": Employee.objects.get(first_name=heir).pk,
    }
    olga = Employee.objects.get(first_name="Olga")
    start_batch("contacts.change-responsible", given=given, total=None, owner=olga, at=_now())


def cancel() -> None:
    """Ask the newest long work to stop."""
    from paraph.batches.actions import cancel_batch
    from paraph.batches.models import Batch

    batch = Batch.objects.latest("id")
    cancel_batch(batch, by=batch.owner.actor, at=_now())


def handed_over() -> dict[str, int]:
    """Count whose the contacts are, what the journal says of them, and the letters about it."""
    from paraph.contacts.models import Contact, Earlier
    from paraph.journal import Fact
    from paraph.messaging.models import Message

    whose = Counter(Contact.objects.values_list("responsible__first_name", flat=True))
    edited = Fact.objects.filter(event="contact.edited")
    return dict(whose) | {
        "facts": edited.count(),
        "traces": Earlier.objects.count(),
        "letters": Message.objects.filter(kind="batch_finished").count(),
    }


def newest() -> dict[str, Any]:
    """Tell how far the newest long work is."""
    from paraph.batches.models import Batch

    batch = Batch.objects.latest("id")
    return {"kind": batch.kind, "state": batch.state, "done": batch.done, "file": batch.file}


def counts() -> dict[str, int]:
    """Count what came in: people, different people, facts about them, companies; and who left."""
    from paraph.contacts.models import Company, Contact
    from paraph.journal import Fact

    brought = Contact.objects.filter(last_name="Row")
    return {
        "people": brought.count(),
        "different": brought.values("email").distinct().count(),
        "facts": Fact.objects.filter(event="contact.imported").count(),
        "companies": Company.objects.filter(name__startswith="Firm").count(),
        "deleted": Fact.objects.filter(event="contact.deleted").count(),
    }


def lines_of(file: str) -> int:
    """Count the lines of a finished file."""
    from paraph.kit import files

    return files.get(file).count(b"\r\n")


def _now() -> datetime:
    return datetime.now(UTC)


DESK: dict[str, Callable[..., Any]] = {
    "begin": begin,
    "bring_in": bring_in,
    "take_back": take_back,
    "take_out": take_out,
    "gather": gather,
    "hand_over": hand_over,
    "cancel": cancel,
    "handed_over": handed_over,
    "newest": newest,
    "counts": counts,
    "lines_of": lines_of,
}

if __name__ == "__main__":
    main()
