"""A proof that an entry is in a log, as one file to keep (c2sp.org/tlog-proof@v1)."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from .notes import Checkpoint, Verifier, opened
from .tree import HASH_BYTES, NotProven, check_inclusion, leaf_hash

FORMAT = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """The path of one entry to the root of a checkpoint."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    """The signed note, verbatim."""


def written(proof: Proof) -> str:
    """Return the proof as text."""
    path = [base64.b64encode(sibling).decode() for sibling in proof.path]
    return "\n".join([FORMAT, f"index {proof.index}", *path, "", proof.checkpoint])


def read(text: str) -> Proof:
    """Read a proof; raises ``NotProven`` when it is none. Extra data is passed over."""
    head, _blank, checkpoint = text.partition("\n\n")
    first, *lines = head.split("\n")
    if lines and lines[0].startswith("extra "):
        del lines[0]
    number = lines[0].removeprefix("index ") if lines else ""
    if first != FORMAT or not number.isascii() or not number.isdigit():
        raise NotProven("not a proof of a log")
    return Proof(int(number), tuple(map(_hash, lines[1:])), checkpoint)


def check(proof: Proof, *, entry: bytes, by: Verifier) -> Checkpoint:
    """Return the checkpoint that proves the entry; raises ``NotProven`` or ``NotSigned``."""
    checkpoint = opened(proof.checkpoint, by=by)
    check_inclusion(
        leaf_hash(entry),
        index=proof.index,
        size=checkpoint.size,
        proof=proof.path,
        root=checkpoint.root,
    )
    return checkpoint


def _hash(line: str) -> bytes:
    try:
        decoded = base64.b64decode(line, validate=True)
    except (binascii.Error, ValueError):
        raise NotProven("not a hash") from None
    if len(decoded) != HASH_BYTES:
        raise NotProven("not a hash")
    return decoded
