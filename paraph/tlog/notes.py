"""Signed notes and checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), by Ed25519."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from .tree import HASH_BYTES

ED25519 = b"\x01"
DASH = "\u2014"


class NotSigned(ValueError):
    """A note is not what it says, or not signed by the key that was asked for."""


@dataclass(frozen=True)
class Verifier:
    """A log's public key, with the name it signs by."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]

    def __str__(self) -> str:
        """The key as others store it: ``name+id+key``."""
        packed = base64.b64encode(ED25519 + self.key).decode()
        return f"{self.name}+{self.key_id.hex()}+{packed}"

    @classmethod
    def of(cls, text: str) -> Verifier:
        """Read a key; raises ``NotSigned`` when it is none."""
        name, _plus, rest = text.strip().partition("+")
        key_id, _plus, packed = rest.partition("+")
        key = _decoded(packed)
        found = cls(name, key[1:])
        if key[:1] != ED25519 or len(found.key) != 32 or found.key_id.hex() != key_id:
            raise NotSigned("not a public key of a log")
        return found


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log: whose it is, how many entries it has, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def sign(checkpoint: Checkpoint, *, key: Ed25519PrivateKey) -> str:
    """Return the checkpoint as a signed note."""
    who = Verifier(checkpoint.origin, key.public_key().public_bytes_raw())
    signature = base64.b64encode(who.key_id + key.sign(checkpoint.text.encode())).decode()
    return f"{checkpoint.text}\n{DASH} {who.name} {signature}\n"


def opened(note: str, *, by: Verifier) -> Checkpoint:
    """Return what a signed checkpoint says; raises ``NotSigned`` unless this key signed it."""
    text, blank, lines = note.rpartition("\n\n")
    text += "\n"
    if not blank or not any(_is_signature(line, text, by) for line in lines.splitlines()):
        raise NotSigned("the checkpoint is not signed by this log")
    return _read(text, origin=by.name)


def _read(text: str, *, origin: str) -> Checkpoint:
    parts = text.split("\n")
    root = _decoded(parts[2]) if len(parts) > 3 else b""
    if parts[0] != origin or not parts[1].isascii() or not parts[1].isdigit():
        raise NotSigned("not a checkpoint of this log")
    if len(root) != HASH_BYTES or str(int(parts[1])) != parts[1]:
        raise NotSigned("not a checkpoint")
    return Checkpoint(parts[0], int(parts[1]), root)


def _is_signature(line: str, text: str, by: Verifier) -> bool:
    dash, _space, rest = line.partition(" ")
    name, _space, packed = rest.rpartition(" ")
    if (dash, name) != (DASH, by.name):
        return False
    signature = _decoded(packed)
    if signature[:4] != by.key_id:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(by.key).verify(signature[4:], text.encode())
    except InvalidSignature:
        return False
    return True


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NotSigned("not base64") from None
