"""What a child process may be made to do by a hostile file."""

import os
import socket
import time
from pathlib import Path


def spin() -> None:
    """Compute for ever."""
    while True:
        pass


def sleep() -> None:
    """Wait for ever."""
    time.sleep(3600)


def hoard() -> None:
    """Take all the memory there is."""
    held = []
    while True:
        held.append(b"x" * 10_000_000)


def write(folder: str) -> str:
    """Leave a file behind."""
    try:
        Path(folder, "left-behind").write_bytes(b"something")
    except OSError as refusal:
        return type(refusal).__name__
    return "written"


def secrets() -> list[str]:
    """Look for secrets in the environment."""
    return [name for name in os.environ if name.startswith(("PARAPH", "DATABASE"))]


def call_home(port: int) -> str:
    """Try to reach a port of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2):
            return "reached"
    except OSError:
        return "not reached"


def add(first: bytes, second: bytes, *, note: str) -> dict[str, object]:
    """Answer with what came in, and print nonsense meanwhile."""
    os.write(1, b"nonsense\n")
    return {"sizes": [len(first), len(second)], "note": note}
