"""Serial numbers of our certificates: random, and yet ours can be told from invented ones."""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256


def new_serial(serial_key: bytes) -> int:
    """A random serial number that only this authority could have made.

    So the responder can tell its own certificates from invented ones without a register.
    """
    chance = bytes([secrets.randbelow(127) + 1]) + secrets.token_bytes(9)
    return int.from_bytes(chance + _tag(chance, serial_key), "big")


def is_own_serial(serial: int, *, serial_key: bytes) -> bool:
    """Whether ``new_serial`` made this number under the same key."""
    if not 0 < serial < 1 << 159:
        return False
    written = serial.to_bytes(20, "big")
    return hmac.compare_digest(written[10:], _tag(written[:10], serial_key))


def _tag(chance: bytes, serial_key: bytes) -> bytes:
    return hmac.digest(serial_key, chance, sha256)[:10]
