"""Facts that happened: ``journal.record(...)``, ``journal.timeline(...)``, ``@reacts_to``.

The names are fetched at first use, because Django imports this package before models may exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from paraph.journal.actors import SYSTEM, Actor
    from paraph.journal.events import Event
    from paraph.journal.models import Fact
    from paraph.journal.reacting import reacts_to
    from paraph.journal.recording import erase, record, timeline

__all__ = ["SYSTEM", "Actor", "Event", "Fact", "erase", "reacts_to", "record", "timeline"]

_HOMES = {
    "SYSTEM": "actors",
    "Actor": "actors",
    "Event": "events",
    "Fact": "models",
    "erase": "recording",
    "reacts_to": "reacting",
    "record": "recording",
    "timeline": "recording",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"paraph.journal.{_HOMES[name]}"), name)
