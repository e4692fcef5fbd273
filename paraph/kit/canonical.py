"""Canonical JSON (RFC 8785): one value, one text, so that its hash can be compared for ever."""

import json
from functools import lru_cache
from typing import Any

_LARGEST = 2**53 - 1


class NotCanonical(ValueError):
    """The value has no canonical form that every reader of JSON agrees on."""


def canonical_json(value: Any) -> str:
    """Write a value of texts, whole numbers, truth values, None, lists and tables.

    Fractions are refused: RFC 8785 writes them as JavaScript does, and no fact needs one.
    """
    return json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _ordered(value: Any) -> Any:
    """Check a value, and put the keys of its tables in order of their UTF-16 units."""
    if value is None or isinstance(value, bool) or (type(value) is str and value.isascii()):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return int(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return [_ordered(part) for part in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {name: _ordered(value[name]) for name in _in_order(tuple(value))}
    raise NotCanonical(f"{type(value).__name__} in canonical JSON")


@lru_cache(maxsize=256)
def _in_order(names: tuple[str, ...]) -> list[str]:
    """Sort by UTF-16 units, which for plain letters is how Python sorts.

    It returns plain texts: what was asked with equal members of an enumeration is remembered.
    """
    plain = map(_text, names)
    if all(map(str.isascii, names)):
        return sorted(plain)
    return sorted(plain, key=lambda name: name.encode("utf-16-be"))


def _text(text: str) -> str:
    """Return the plain text, also of an enumeration's member, which may call itself otherwise."""
    if text.isascii():
        return str.__str__(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("half a surrogate pair in canonical JSON") from None
    return str.__str__(text)
