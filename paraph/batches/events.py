"""What happens to long work."""

from dataclasses import dataclass

from paraph.journal import Event


@dataclass(frozen=True)
class BatchStarted(Event):
    """Somebody ordered long work, in the background unless they wait for it."""

    name = "batch.started"
    batch_id: int
    kind: str
    is_quiet: bool


@dataclass(frozen=True)
class BatchUndoing(Event):
    """Somebody takes back what long work has changed."""

    name = "batch.undoing"
    batch_id: int
    kind: str


@dataclass(frozen=True)
class BatchFinished(Event):
    """Long work came to its end: done, cancelled, undone or failed."""

    name = "batch.finished"
    batch_id: int
    kind: str
    state: str
    done: int
    changed: int
    refused: int
