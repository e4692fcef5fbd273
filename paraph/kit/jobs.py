"""The one seam to background work: ``@job`` makes a job, ``enqueue`` orders it.

The engines that do the work stand behind it, chosen by ``settings.PARAPH_JOBS``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol, cast, overload

from django.conf import settings

from paraph.kit import db

Id = int | str
"""What a job may be given: keys of rows, never the rows."""

_ENGINES = {
    "inline": "paraph.kit.engines.inline",
    "embedded": "paraph.kit.engines.embedded",
    "procrastinate": "paraph.kit.engines.procrastinating",
}


class UnknownJob(LookupError):
    """A stored order names a job that this release does not have."""


@dataclass(frozen=True)
class Job:
    """A function that background workers can run, and how stubbornly."""

    name: str
    run: Callable[..., object]
    queue: str
    retries: int
    priority: int

    def __call__(self, **ids: Id) -> None:
        """Run here and now."""
        self.run(**ids)


@dataclass(frozen=True)
class Order:
    """One job to be run once with these ids."""

    job: Job
    ids: Mapping[str, Id]
    once: str | None = None
    run_at: datetime | None = None


@dataclass(frozen=True)
class Parked:
    """An order that failed too often and waits for a person."""

    id: int
    name: str
    ids: Mapping[str, Id]
    attempts: int
    error: str


class Engine(Protocol):
    """What an engine offers; the modules in ``paraph.kit.engines`` do."""

    def enqueue(self, order: Order) -> None:
        """Keep the order in the open transaction."""

    def parked(self) -> list[Parked]:
        """List the orders that were given up."""

    def retry(self, parked_id: int) -> None:
        """Give a parked order another full set of attempts."""


JOBS: dict[str, Job] = {}
_warm_ups: list[Callable[[], None]] = []


@overload
def job(function: Callable[..., object], /) -> Job: ...
@overload
def job(
    *, queue: str = "default", retries: int = 8, priority: int = 0
) -> Callable[[Callable[..., object]], Job]: ...
def job(
    function: Callable[..., object] | None = None,
    /,
    *,
    queue: str = "default",
    retries: int = 8,
    priority: int = 0,
) -> Job | Callable[[Callable[..., object]], Job]:
    """Make a function a job. It may run late, and it may run twice.

    After ``retries`` failed repetitions it is parked. Higher priority overtakes.
    """

    def register(function: Callable[..., object]) -> Job:
        name = f"{function.__module__.removeprefix('paraph.')}.{function.__name__}"
        JOBS[name] = Job(name, function, queue, retries, priority)
        return JOBS[name]

    return register(function) if function else register


@db.transaction_required
def enqueue(
    job: Job, *, once: str | None = None, run_at: datetime | None = None, **ids: Id
) -> None:
    """Order a job in the open transaction: it runs after the commit, or never.

    While an order with the same ``once`` waits for its first attempt, another one is dropped.
    """
    engine().enqueue(Order(job, ids, once=once, run_at=run_at))


def before_the_first(wanted: Callable[[], None]) -> Callable[[], None]:
    """Have whoever works call this before the first job: nobody's signature waits for imports."""
    _warm_ups.append(wanted)
    return wanted


def warm_up() -> None:
    """Do what the apps want done before the first job."""
    for each in _warm_ups:
        each()


def find(name: str) -> Job:
    """Return the job of that name."""
    try:
        return JOBS[name]
    except KeyError:
        raise UnknownJob(name) from None


def engine() -> Engine:
    """Return the engine that this installation works with."""
    module: Any = import_module(_ENGINES[settings.PARAPH_JOBS])
    return cast(Engine, module)


def backoff_seconds(attempt: int) -> int:
    """Return how long to wait after that many failed attempts: 1 s, doubling up to 10 minutes."""
    return int(min(2 ** (attempt - 1), 600))
