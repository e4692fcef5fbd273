"""Signed files and their words, what keeps them, and what stays when they are gone."""

from .files import FullText, SignedFile, SignedFiles, TextState
from .holds import Gate, Hold, is_on_hold
from .remains import Cause, Doomed, Erasure, Retention, Tombstone, Tombstones, Trace

__all__ = [
    "Cause",
    "Doomed",
    "Erasure",
    "FullText",
    "Gate",
    "Hold",
    "Retention",
    "SignedFile",
    "SignedFiles",
    "TextState",
    "Tombstone",
    "Tombstones",
    "Trace",
    "is_on_hold",
]
