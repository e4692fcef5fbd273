"""Errands for the engines to run. Each writes lines into a ledger, which outlives any crash."""

import os
import time
from pathlib import Path

from paraph.kit import db
from paraph.kit.jobs import enqueue, job
from paraph.kit.schedules import Recurring


def write(line: str) -> None:
    """Add a line to the ledger, with the time."""
    with Path(os.environ["LEDGER"]).open("a", encoding="utf-8") as ledger:
        ledger.write(f"{time.time():.3f} {line}\n")


def times(line: str) -> int:
    """Return how often the ledger has the line."""
    ledger = Path(os.environ["LEDGER"])
    return sum(entry.split(" ", 1)[1] == line for entry in ledger.read_text().splitlines())


@job
def note(key: str) -> None:
    """Write that it ran."""
    write(f"note {key}")


@job(priority=10)
def urgent_note(key: str) -> None:
    """Write that it ran, before all others."""
    write(f"note {key}")


@job(priority=-10)
def idle_note(key: str) -> None:
    """Write that it ran, when nothing else is to be done."""
    write(f"note {key}")


@job
def dawdle(key: str) -> None:
    """Take a while."""
    time.sleep(0.3)
    write(f"note {key}")


@job
def linger(key: str) -> None:
    """Take long the first time, so that somebody can pull the plug."""
    write(f"began {key}")
    if times(f"began {key}") == 1:
        time.sleep(60)
    write(f"ended {key}")


@job
def finish_first(key: str) -> None:
    """Take two seconds, which a polite stop waits for."""
    write(f"began {key}")
    time.sleep(2)
    write(f"ended {key}")


@job
def stumble(key: str) -> None:
    """Fail twice."""
    write(f"tried {key}")
    if times(f"tried {key}") < 3:
        raise RuntimeError("not yet")


@job(retries=1)
def poison(key: str) -> None:
    """Always fail."""
    write(f"tried {key}")
    raise RuntimeError("never")


@job(retries=0)
def crash(key: str) -> None:
    """Take the whole worker down."""
    write(f"tried {key}")
    os._exit(9)


@job(retries=1)
def order_and_fail(key: str) -> None:
    """Order a note in a transaction that fails."""
    write(f"tried {key}")
    with db.unit_of_work():
        enqueue(note, key=key)
        raise RuntimeError("rolled back")


@job
def tick() -> None:
    """Write that the schedule was kept."""
    write("tick")


SCHEDULE = (Recurring("* * * * * *", tick),) if os.environ.get("TICKING") else ()
