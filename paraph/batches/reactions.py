"""What follows when long work is ordered: a worker takes it up."""

from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue

from .events import BatchStarted, BatchUndoing
from .jobs import work_on_batch


@reacts_to(BatchStarted)
def take_up(event: BatchStarted) -> None:
    """Begin in the background, unless its owner waits for it."""
    if not event.is_quiet:
        enqueue(work_on_batch, batch_id=event.batch_id, once=f"batch-{event.batch_id}")


@reacts_to(BatchUndoing)
def take_back(event: BatchUndoing) -> None:
    """Take the work back in the background."""
    enqueue(work_on_batch, batch_id=event.batch_id, once=f"batch-{event.batch_id}")
