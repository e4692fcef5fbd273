"""The installation's master key, and keys derived from it: outside the database, one file."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


class KeyUnusable(Exception):
    """The master key's file is missing or is not 32 bytes in hexadecimal digits."""


def master_key() -> bytes:
    """Return the key from ``PARAPH_KEY_FILE``; raises ``KeyUnusable``."""
    try:
        key = bytes.fromhex(settings.PARAPH_KEY_FILE.read_text(encoding="ascii").strip())
    except (OSError, ValueError) as reason:
        raise KeyUnusable(str(settings.PARAPH_KEY_FILE)) from reason
    if len(key) != KEY_BYTES:
        raise KeyUnusable(str(settings.PARAPH_KEY_FILE))
    return key


def derived_key(purpose: str) -> bytes:
    """Return the key for one purpose: knowing it tells nothing about the others."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(master_key())
