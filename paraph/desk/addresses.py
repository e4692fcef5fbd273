"""Addresses that depend on nothing but their name, looked up once a process."""

from functools import cache

from django.urls import get_script_prefix, get_urlconf, reverse


def address_of(name: str, *args: str) -> str:
    """Return the address of that name; what it is made of is one of few words, never a row."""
    return _address(name, args, *place_of_addresses())


def place_of_addresses() -> tuple[str, str | None]:
    """Return what every address depends on besides its name."""
    return get_script_prefix(), get_urlconf()


@cache
def _address(name: str, args: tuple[str, ...], _prefix: str, urlconf: str | None) -> str:
    return reverse(name, urlconf, args=args)
