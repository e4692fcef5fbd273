"""Requests to addresses that strangers name: they reach machines of the whole world, and none
of this house, unless a setting says so.

A name is looked up once, and the connection goes to the very address that was checked, so a name
that is answered differently the next time leads nowhere else.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpcore
import httpx
from django.conf import settings
from httpcore._backends.base import SOCKET_OPTION

# IPv6 addresses that a router turns into the IPv4 address in their last 32 bits.
_TRANSLATED = ip_network("64:ff9b::/96")


def is_allowed(address: str) -> bool:
    """Tell whether a request that a stranger asked for may go to this address."""
    reached = _reached(ip_address(address.partition("%")[0]))
    if any(reached in ip_network(each) for each in settings.INSIDE_NETWORKS):
        return True
    return reached.is_global and not reached.is_multicast


class Outward(httpx.HTTPTransport):
    """How such requests travel: by no proxy, since that would look the name up again."""

    def __init__(self) -> None:
        super().__init__(trust_env=False)
        # httpx has no argument for this one of the two layers below it.
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=_Checked()
        )


class _Checked(httpcore.NetworkBackend):
    """Connects to the first address of a name, if the name leads to no forbidden one."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Look the name up, once, and check what was found before anything is sent."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as unknown:
            raise httpcore.ConnectError(f"{host} has no address") from unknown
        addresses = [str(where[0]) for *_kinds, where in found]
        if not all(map(is_allowed, addresses)):
            raise httpcore.ConnectError(f"{host} is no public address")
        return httpcore.SyncBackend().connect_tcp(
            addresses[0], port, timeout, local_address, socket_options
        )


def _reached(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the address that answers in the end, where one stands for another."""
    if isinstance(address, IPv4Address):
        return address
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address
