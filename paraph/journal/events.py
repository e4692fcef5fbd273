"""The base of all facts. Each app names its own in its ``events.py``, in the past tense."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

EVENTS: dict[str, type["Event"]] = {}


@dataclass(frozen=True)
class Event:
    """Something that happened. Subclasses set ``name`` and are frozen dataclasses.

    Each field ``<noun>_id`` makes the fact part of that row's timeline. Values are
    texts, whole numbers, truth values, None, and lists or tables of these.
    """

    name: ClassVar[str]

    is_logged: ClassVar[bool] = False
    """Whether the fact is sequenced into the public log."""

    def __init_subclass__(cls) -> None:
        if "name" not in cls.__dict__:
            return
        if EVENTS.setdefault(cls.name, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"Two events are named {cls.name}.")

    def subjects(self) -> list[tuple[str, int]]:
        """Return the rows that the fact is about, as pairs of noun and id."""
        named = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return [
            (name.removesuffix("_id"), value)
            for name, value in named
            if name.endswith("_id") and value is not None
        ]

    def facts(self) -> dict[str, Any]:
        """Return the fields as plain values."""
        return dict(vars(self))

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """Return the event that was written with these facts, fields added since left out."""
        return cls(
            **{field.name: facts[field.name] for field in fields(cls) if field.name in facts}
        )


@dataclass(frozen=True)
class LoggedEvent(Event):
    """A fact that the public log proves: nobody can take it back or slip one in."""

    is_logged = True
