"""The log's signing key: one a shard, encrypted at rest; only the worker opens it."""

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from paraph.journal.models import LogShard
from paraph.kit.keys import derived_key

NONCE_BYTES = 12
PURPOSE = "public-log"


def sealed(key: Ed25519PrivateKey, *, origin: str) -> bytes:
    """Encrypt a key for its shard."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    cipher = AESGCM(derived_key(PURPOSE))
    return nonce + cipher.encrypt(nonce, key.private_bytes_raw(), origin.encode())


def opened(shard: LogShard) -> Ed25519PrivateKey:
    """Return the shard's key; raises ``InvalidTag`` when the master key is another one."""
    blob = bytes(shard.sealed_key)
    cipher = AESGCM(derived_key(PURPOSE))
    raw = cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], shard.origin.encode())
    return Ed25519PrivateKey.from_private_bytes(raw)
