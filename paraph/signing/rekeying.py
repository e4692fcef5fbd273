"""Everything that is encrypted under the master key, encrypted anew under another one.

Whatever dies in between, the key file always has the key that opens each blob: first it gets
the new key before the old one, then the blobs are rewritten, then the old key goes.
"""

from __future__ import annotations

import os
import secrets
from datetime import datetime

from django.conf import settings

from paraph.journal.log import keys as log_keys
from paraph.journal.models import LogShard
from paraph.kit import db
from paraph.kit.faults import fault_point
from paraph.kit.keys import KEY_BYTES, LASTING, lasting_root, locked, master_keys, unlocked
from paraph.people import second_factors

from . import authority, seals
from .models import CompanySeal


def replace_master_key(*, at: datetime) -> int:
    """Make a new master key, and return how many blobs are now encrypted under it."""
    lasting = lasting_root()
    _write([secrets.token_bytes(KEY_BYTES), *master_keys()], lasting=lasting)
    fault_point("master-key-both")
    count = _encrypt_anew(at=at)
    fault_point("master-key-used")
    _write(master_keys()[:1], lasting=lasting)
    return count


@db.transaction
def _encrypt_anew(*, at: datetime) -> int:
    authority.encrypt_anew()
    shards = list(LogShard.objects.exclude(sealed_key=b""))
    for shard in shards:
        shard.sealed_key = log_keys.sealed(log_keys.opened(shard), origin=shard.origin)
        LogShard.objects.filter(pk=shard.pk).update(sealed_key=shard.sealed_key)
    kept = list(CompanySeal.objects.exclude(blob=None))
    for seal in kept:
        about = str(seal.company_id)
        plain = unlocked(bytes(seal.blob or b""), purpose=seals.PURPOSE, about=about)
        CompanySeal.objects.filter(pk=seal.pk).update(
            blob=locked(plain, purpose=seals.PURPOSE, about=about)
        )
    return 1 + len(shards) + len(kept) + second_factors.encrypt_anew()


def _write(keys: list[bytes], *, lasting: bytes) -> None:
    """Replace the key file whole or not at all."""
    target = settings.PARAPH_KEY_FILE
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        lines = [*(key.hex() for key in keys), f"{LASTING}{lasting.hex()}"]
        file.write("\n".join(lines) + "\n")
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, target)
