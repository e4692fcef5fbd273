"""Certificates, status answers and lists of other authorities, that a file keeps so that it can
be judged when nobody can be asked any more."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Material:
    """What speaks for one certificate of another authority, everything as DER."""

    certificates: Sequence[bytes] = ()
    responses: Sequence[bytes] = ()
    lists: Sequence[bytes] = ()

    @property
    def is_complete(self) -> bool:
        """Whether something tells that the certificate was not revoked."""
        return bool(self.responses or self.lists)

    def to_json(self) -> str:
        """The material as text, for whoever stores it."""
        return json.dumps({name: _written(content) for name, content in vars(self).items()})

    @classmethod
    def from_json(cls, text: str) -> Material:
        """Read back what ``to_json`` wrote; nothing from nothing."""
        read = json.loads(text) if text else {}
        return cls(**{name: _read(content) for name, content in read.items()})


def _written(content: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(one).decode() for one in content]


def _read(content: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(one) for one in content)


NOTHING = Material()
