"""The walls that the child puts around itself before it opens a file."""

import ctypes
import resource
import socket
from pathlib import Path

_MEBIBYTE = 1024 * 1024
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # flags of unshare(2)
LOOPBACK = "lo"


class NoNetworkNamespace(Exception):
    """The kernel does not let this process leave the network."""


def set_limits(*, memory_mib: int, cpu_seconds: int, file_mib: int) -> None:
    """Bound memory, processor time and what can be written; no core dumps, no new programs."""
    memory = memory_mib * _MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_mib * _MEBIBYTE,) * 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_the_network() -> None:
    """Step into an empty network of our own, or refuse to go on."""
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(_NEW_USER | _NEW_NETWORK) != 0 and unshare(_NEW_NETWORK) != 0:
        raise NoNetworkNamespace


def look_around(secret: str) -> dict[str, object]:
    """Tell what this process could reach: networks, and a file that it should not see."""
    networks = [name for _number, name in socket.if_nameindex() if name != LOOPBACK]
    return {"networks": networks, "sees_secret": Path(secret).exists() if secret else False}
