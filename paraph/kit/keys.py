"""The installation's master key, and keys derived from it: outside the database, one file.

While the key is being replaced the file has two lines: the new key, then the old one. After
that it has a line ``lasting:…`` for what has to stay comparable for ever.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32
NONCE_BYTES = 12
LASTING = "lasting:"


class KeyUnusable(Exception):
    """The master key's file is missing or is not 32 bytes in hexadecimal digits."""


def master_key() -> bytes:
    """Return the key from ``PARAPH_KEY_FILE``; raises ``KeyUnusable``."""
    return master_keys()[0]


def master_keys() -> list[bytes]:
    """Return the key, and after it the one that it replaces; raises ``KeyUnusable``."""
    keys = [_read(line) for line in _lines() if not line.startswith(LASTING)]
    if not keys:
        raise KeyUnusable(str(settings.PARAPH_KEY_FILE))
    return keys


def lasting_root() -> bytes:
    """Return what lasting keys come from: it stays when the master key is replaced."""
    kept = [_read(line.removeprefix(LASTING)) for line in _lines() if line.startswith(LASTING)]
    return kept[0] if kept else _derived(master_keys()[-1], "lasting")


def lasting_key(purpose: str) -> bytes:
    """Return the key for one purpose whose results are compared with those of years ago."""
    return _derived(lasting_root(), purpose)


def derived_key(purpose: str) -> bytes:
    """Return the key for one purpose: knowing it tells nothing about the others."""
    return _derived(master_key(), purpose)


def locked(content: bytes, *, purpose: str, about: str) -> bytes:
    """Encrypt for one purpose; ``about`` binds it to the row that it belongs to."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(derived_key(purpose))
    return nonce + cipher.encrypt(nonce, content, about.encode())


def unlocked(blob: bytes, *, purpose: str, about: str) -> bytes:
    """Decrypt what ``locked`` wrote; raises ``InvalidTag`` under another master key."""
    for key in master_keys():
        cipher = AESGCM(_derived(key, purpose))
        try:
            return cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], about.encode())
        except InvalidTag:
            continue
    raise InvalidTag


def _lines() -> list[str]:
    try:
        return settings.PARAPH_KEY_FILE.read_text(encoding="ascii").split()
    except (OSError, ValueError) as reason:
        raise KeyUnusable(str(settings.PARAPH_KEY_FILE)) from reason


def _read(line: str) -> bytes:
    try:
        key = bytes.fromhex(line)
    except ValueError as reason:
        raise KeyUnusable(str(settings.PARAPH_KEY_FILE)) from reason
    if len(key) != KEY_BYTES:
        raise KeyUnusable(str(settings.PARAPH_KEY_FILE))
    return key


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose.encode()).derive(key)
