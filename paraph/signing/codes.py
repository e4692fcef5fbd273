"""The secrets of the ceremony: tokens of links, digits of codes, keys of sessions. Kept hashed."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import timedelta

from paraph.kit.keys import derived_key, lasting_key

DIGITS = 6
CODE_LIFE = timedelta(minutes=10)
CODE_PAUSE = timedelta(seconds=60)
CODES_AN_HOUR = 5
TRIES_PER_CODE = 5
TRIES_PER_LINK = 10
SESSION_IDLE = timedelta(minutes=30)
SESSION_LIFE = timedelta(hours=8)
FILE_LINK_LIFE = timedelta(days=365)
PAD_LIFE = timedelta(minutes=5)
ACCESS_LENGTH = 6  # the fewest letters of an access code: ten tries a link are all there are


def hashed(token: str) -> str:
    """Return what is kept of a token: it has 160 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_digits() -> str:
    """Return six digits that nobody can predict."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def mac(digits: str, *, whose: int, purpose: str, documents_hash: str = "") -> str:
    """Return what is kept of a code: six digits could be guessed from a plain hash.

    ``whose`` is the party's id; for the purposes ``stack`` and ``totp`` the employee's.
    """
    bound = "\n".join((digits, str(whose), purpose, documents_hash))
    return _keyed(bound, key=derived_key("signing codes"))


def access_mac(words: str, *, party_id: int) -> str:
    """Return what is kept of an access code: capitals and spaces are as people happen to type.

    It is entered weeks later, perhaps after the master key was replaced.
    """
    plain = "".join(words.split()).casefold()
    return _keyed(f"{plain}\n{party_id}", key=lasting_key("access codes")) if plain else ""


def _keyed(text: str, *, key: bytes) -> str:
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def is_same(kept: str, found: str) -> bool:
    """Compare without telling by the time it takes where the difference is."""
    return hmac.compare_digest(kept, found)


def documents_hash(hashes: Iterable[str]) -> str:
    """Return the one hash that stands for an envelope's prepared documents, in their order."""
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def cleaned(digits: str) -> str:
    """Return the digits as people may type them: with spaces, or a dash in the middle."""
    return "".join(letter for letter in digits if letter in "0123456789")
