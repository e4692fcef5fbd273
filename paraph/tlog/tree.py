"""The Merkle tree of RFC 6962, section 2.1: hashes, inclusion proofs, consistency proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Protocol

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


class NotProven(ValueError):
    """A proof does not show what it is said to show."""


def leaf_hash(entry: bytes) -> bytes:
    """Hash an entry; the prefix keeps leaves and nodes apart."""
    return sha256(b"\0" + entry).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """Hash many entries."""
    return [sha256(b"\0" + entry).digest() for entry in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two subtrees into the one above."""
    return sha256(b"\1" + left + right).digest()


def split(hashes: bytes) -> list[bytes]:
    """Return concatenated hashes one by one."""
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


class Hashes(Protocol):
    """Where a tree's hashes come from."""

    def full(self, height: int, index: int) -> bytes:
        """Return the hash of the ``index``-th complete subtree of 2 ** ``height`` leaves."""


class Frontier:
    """A growing tree of which only the right edge is kept: enough to know its root.

    Appending a million leaves and asking for the root needs twenty hashes of memory.
    """

    def __init__(self) -> None:
        self.size = 0
        self._edge: list[bytes] = []  # complete subtrees, the largest first

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self._edge.append(leaf)
        joins, self.size = self.size, self.size + 1
        while joins & 1:
            right = self._edge.pop()
            self._edge[-1] = node_hash(self._edge[-1], right)
            joins >>= 1

    def root(self, tail: Iterable[bytes] = ()) -> bytes:
        """Return the root as it is now; with a tail, as if its leaves came next.

        Where the tree's own leaves are the roots of complete subtrees, such as tiles, the tail
        is of single leaves, fewer than a subtree has.
        """
        rest = Frontier()
        for leaf in tail:
            rest.append(leaf)
        return _joined([*self._edge, *rest._edge])


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over these leaf hashes."""
    tree = Frontier()
    for leaf in leaves:
        tree.append(leaf)
    return tree.root()


def root(hashes: Hashes, *, size: int) -> bytes:
    """Return the root of the tree of the first ``size`` leaves."""
    return _subtree(hashes, 0, size) if size else EMPTY_ROOT


def inclusion_proof(hashes: Hashes, *, index: int, size: int) -> list[bytes]:
    """Return the path from a leaf to the root, the leaf's sibling first."""
    low, high, path = 0, size, []
    while high - low > 1:
        middle = low + _largest_half(high - low)
        if index < middle:
            path.append(_subtree(hashes, middle, high))
            high = middle
        else:
            path.append(_subtree(hashes, low, middle))
            low = middle
    return path[::-1]


def consistency_proof(hashes: Hashes, *, old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of ``old`` leaves is the beginning of that of ``new``."""
    return list(_consistency(hashes, old, 0, new, is_whole=True)) if 0 < old < new else []


def check_inclusion(
    leaf: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Raise ``NotProven`` unless the path leads from the leaf to the root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        raise NotProven("the index lies outside the tree")
    first, last, reached = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise NotProven("the path is longer than the tree is high")
        if first & 1 or first == last:
            reached = node_hash(sibling, reached)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            reached = node_hash(reached, sibling)
        first, last = first >> 1, last >> 1
    if last or reached != root:
        raise NotProven("the path does not lead to the root")


def check_consistency(
    *, old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Raise ``NotProven`` unless the old tree is the beginning of the new (RFC 9162, 2.1.4.2)."""
    if old in (0, new):
        is_shown = not proof and (old == 0 or old_root == new_root)
    else:
        is_shown = old < new and _leads_to_both(old, new, proof, old_root, new_root)
    if not is_shown:
        raise NotProven("the newer tree does not begin with the older one")


def _leads_to_both(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    if not path:
        return False
    old_reached = new_reached = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old_reached = node_hash(sibling, old_reached)
            new_reached = node_hash(sibling, new_reached)
            while first and not first & 1:
                first, last = first >> 1, last >> 1
        else:
            new_reached = node_hash(new_reached, sibling)
        first, last = first >> 1, last >> 1
    return last == 0 and old_reached == old_root and new_reached == new_root


def _consistency(
    hashes: Hashes, old: int, low: int, high: int, *, is_whole: bool
) -> Iterator[bytes]:
    """Yield the proof of RFC 6962, section 2.1.2, for the leaves from ``low`` to ``high``."""
    if old == high - low:
        if not is_whole:
            yield _subtree(hashes, low, high)
        return
    half = _largest_half(high - low)
    if old <= half:
        yield from _consistency(hashes, old, low, low + half, is_whole=is_whole)
        yield _subtree(hashes, low + half, high)
    else:
        yield from _consistency(hashes, old - half, low + half, high, is_whole=False)
        yield _subtree(hashes, low, low + half)


def _subtree(hashes: Hashes, low: int, high: int) -> bytes:
    """Return the hash over the leaves from ``low`` to ``high``, as RFC 6962 divides them."""
    parts = []
    while low < high:
        height = (high - low).bit_length() - 1
        parts.append(hashes.full(height, low >> height))
        low += 1 << height
    return _joined(parts)


def _joined(edge: Sequence[bytes]) -> bytes:
    """Hash complete subtrees, the largest first, into one root."""
    if not edge:
        return EMPTY_ROOT
    joined = edge[-1]
    for left in reversed(edge[:-1]):
        joined = node_hash(left, joined)
    return joined


def _largest_half(leaves: int) -> int:
    """Return the largest power of two that is smaller than the number of leaves."""
    return 1 << ((leaves - 1).bit_length() - 1)
