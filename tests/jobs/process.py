"""The processes of the contract tests: who makes the tables, a worker, or a desk for orders."""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django
from django.core.management import call_command
from django.db import connection
from django.utils import timezone


def main(role: str) -> None:
    """Make the tables, or be a worker or the desk until told to stop."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.jobs.settings"
    django.setup()
    if role == "desk":
        take_orders()
    elif role == "tables":
        call_command("migrate", verbosity=0)
    else:
        call_command(role)


def take_orders() -> None:
    """Read one order a line, and answer each."""
    for line in sys.stdin:
        verb, arguments = json.loads(line)
        sys.stdout.write(json.dumps(DESK[verb](**arguments)) + "\n")
        sys.stdout.flush()
        connection.close()


def order(
    job: str, *, once: str | None = None, delay: float = 0, fail: bool = False, **ids: Any
) -> None:
    """Order a job; with ``fail``, in a transaction that is rolled back."""
    from paraph.kit import db
    from paraph.kit.jobs import enqueue, find

    run_at = timezone.now() + timedelta(seconds=delay) if delay else None
    try:
        with db.unit_of_work():
            enqueue(find(f"tests.jobs.jobs.{job}"), once=once, run_at=run_at, **ids)
            if fail:
                raise InterruptedError
    except InterruptedError:
        pass


def parked() -> list[tuple[int, str, int, str]]:
    """List the parked orders."""
    from paraph.kit.jobs import engine

    return [(p.id, p.name, p.attempts, p.error) for p in engine().parked()]


def retry(order_id: int) -> None:
    """Give a parked order another chance."""
    from paraph.kit.jobs import engine

    engine().retry(order_id)


DESK: dict[str, Callable[..., Any]] = {"order": order, "parked": parked, "retry": retry}

if __name__ == "__main__":
    main(sys.argv[1])
