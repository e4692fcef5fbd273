"""How many files may be checked without an account: in a minute, and at the same time.

Each place is a row of the cache in the database that one request alone can add. So it counts
for every process, and where the cache fails, nobody is let in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_network

from django.core.cache import cache
from django.utils.translation import gettext as _

from paraph.kit.errors import Refused

PER_NETWORK, IN_ALL, AT_ONCE = 20, 60, 2
STAMPS_PER_NETWORK, STAMPS_IN_ALL = 30, 120
MINUTE = 60
LONGEST_STAMP_SECONDS = 20
LONGEST_SECONDS = 180  # a check is ended earlier; then its place is free, whatever happened
IPV6_NETWORK = 64  # so many bits of an address are given to one household


class TooManyChecks(Refused):
    """The check has to wait; nothing was opened."""

    code = "too-many-checks"
    status = 429


@contextmanager
def one_check(ip: str | None) -> Iterator[None]:
    """Hold a place for one check from that address while it lasts; raises ``TooManyChecks``."""
    place = _take("running", most=AT_ONCE, seconds=LONGEST_SECONDS)
    if not place:
        raise TooManyChecks(
            _("Other files are being checked at this moment. Try again in a few seconds.")
        )
    try:
        _count(_network_of(ip))
        yield
    finally:
        cache.delete(place)


@contextmanager
def one_stamp(ip: str | None) -> Iterator[None]:
    """Hold a place for one time stamp for somebody outside; raises ``TooManyChecks``.

    Whoever asks waits for the worker, so only few may: signers need the web server's threads.
    """
    place = _take("stamping", most=AT_ONCE, seconds=LONGEST_STAMP_SECONDS)
    is_free = (
        place
        and _take("stamps", most=STAMPS_IN_ALL, seconds=MINUTE)
        and _take(f"stamps-{_network_of(ip)}", most=STAMPS_PER_NETWORK, seconds=MINUTE)
    )
    try:
        if not is_free:
            raise TooManyChecks(_("Many time stamps were asked for just now. Wait a minute."))
        yield
    finally:
        if place:
            cache.delete(place)


def _count(network: str) -> None:
    """Count a check for the installation and for the network; a refused one counts for none."""
    counted = _take("all", most=IN_ALL, seconds=MINUTE)
    if counted and _take(network, most=PER_NETWORK, seconds=MINUTE):
        return
    if counted:
        cache.delete(counted)
    raise TooManyChecks(
        _("Many files were checked just now. Wait a minute, then check this one again.")
    )


def _take(name: str, *, most: int, seconds: int) -> str:
    """Take one of the free places, and return its key; nothing when all are taken."""
    places = [f"check:{name}:{number}" for number in range(most)]
    taken = cache.get_many(places)
    free = (place for place in places if place not in taken)
    return next((place for place in free if cache.add(place, 1, seconds)), "")


def _network_of(ip: str | None) -> str:
    """Return the visitor's address, the network of it in IPv6; visitors without one share one."""
    if ip is None or ":" not in ip:
        return ip or "nowhere"
    return str(ip_network((ip.partition("%")[0], IPV6_NETWORK), strict=False))
