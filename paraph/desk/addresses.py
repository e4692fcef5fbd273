"""Where pages are: those that depend on nothing but their name are looked up once a process,
and how a row leads to its own once for many rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import get_script_prefix, get_urlconf, reverse

STAND_IN = "9012345678"
"""Stands for a row's key while an address is looked up, so it must be a number itself."""
Leading = Callable[[Any], str]  # Any: each room has its own rows


def page_at(name: str, *args: str) -> str:
    """Return the address of that name; what it is made of is one of few words, never a row."""
    return _address(name, args, *place_of_addresses())


def place_of_addresses() -> tuple[str, str | None]:
    """Return what every address depends on besides its name."""
    return get_script_prefix(), get_urlconf()


@cache
def _address(name: str, args: tuple[str, ...], _prefix: str, urlconf: str | None) -> str:
    return reverse(name, urlconf, args=args)


@dataclass(frozen=True)
class Way:
    """How a row leads to an address: by its key in the address, or as what ``ask`` names."""

    name: str
    ask: str = ""

    def __call__(self, row: Any) -> str:
        return self.opened()(row)

    def opened(self) -> Leading:
        """Return the same with the address looked up, once for fifty rows."""
        address = f"{page_at(self.name)}?{self.ask}={STAND_IN}" if self.ask else ""
        before, _key, after = (address or page_at(self.name, STAND_IN)).partition(STAND_IN)
        return lambda row: f"{before}{row.pk}{after}"


def to(name: str, *, ask: str = "") -> Way:
    """Return the way from a row to the address of that name."""
    return Way(name, ask)


def opened(way: Leading) -> Leading:
    """Return a way for many rows."""
    return way.opened() if isinstance(way, Way) else way
