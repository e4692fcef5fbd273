"""The log's signing key: one a shard, encrypted at rest; only the worker opens it."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from paraph.journal.models import LogShard
from paraph.kit.keys import locked, unlocked

PURPOSE = "public-log"


def sealed(key: Ed25519PrivateKey, *, origin: str) -> bytes:
    """Encrypt a key for its shard."""
    return locked(key.private_bytes_raw(), purpose=PURPOSE, about=origin)


def opened(shard: LogShard) -> Ed25519PrivateKey:
    """Return the shard's key; raises ``InvalidTag`` when the master key is another one."""
    raw = unlocked(bytes(shard.sealed_key), purpose=PURPOSE, about=shard.origin)
    return Ed25519PrivateKey.from_private_bytes(raw)
