"""When this happened, then do that: the register of reactions."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from paraph.journal.events import Event

Happened = TypeVar("Happened", bound=Event)


@dataclass(frozen=True)
class Reaction:
    """A function that wants to know of an event."""

    name: str
    run: Callable[[Any], None]


REACTIONS: dict[str, dict[str, Reaction]] = defaultdict(dict)


def reacts_to(
    event: type[Happened],
) -> Callable[[Callable[[Happened], None]], Callable[[Happened], None]]:
    """Call the function after each such event, in a job and a transaction of its own.

    It may run late and it may run twice. It only orders jobs or calls one action.
    """

    def register(function: Callable[[Happened], None]) -> Callable[[Happened], None]:
        name = f"{function.__module__.removeprefix('paraph.')}.{function.__name__}"
        REACTIONS[event.name][name] = Reaction(name, function)
        return function

    return register


def reactions_to(event_name: str) -> list[Reaction]:
    """Return what an event sets in motion, in the order of the names."""
    return [REACTIONS[event_name][name] for name in sorted(REACTIONS.get(event_name, {}))]
