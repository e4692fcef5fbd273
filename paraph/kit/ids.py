"""Tokens that nobody can guess, and document ids that people can read aloud and mistype safely."""

import secrets

from django.utils.translation import gettext as _

from paraph.kit.errors import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U."""

_LENGTH = 16
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None, "\u2011": None})


class NotADocumentId(Refused):
    """What was typed is no document id, or it has a typing mistake."""

    code = "not-a-document-id"
    status = 404


def new_token(bits: int = 160) -> str:
    """Return a fresh secret that may stand in a URL."""
    return secrets.token_urlsafe(bits // 8)


def document_id() -> str:
    """Return a new id: 16 random characters and a check character.

    The check is Crockford's (modulo 37). Numbers whose check would be one of his five
    special signs are passed over, so that the id stays letters and digits.
    """
    while True:
        body = "".join(secrets.choice(ALPHABET) for _unused in range(_LENGTH))
        if (check := _check(body)) < len(ALPHABET):
            return body + ALPHABET[check]


def format_document_id(document_id: str) -> str:
    """Group an id for the eye: ``7K3M-Q9ZT-4H2B-XW8D-5``."""
    return "-".join(document_id[start : start + 4] for start in range(0, len(document_id), 4))


def parse_document_id(text: str) -> str:
    """Return the id that a person typed, forgiving case, grouping, and I, L, O."""
    typed = text.upper().translate(_LOOKALIKES)
    if len(typed) != _LENGTH + 1 or not set(typed) <= set(ALPHABET):
        raise NotADocumentId(_("A document ID has 17 letters and digits."))
    if _check(typed[:-1]) != ALPHABET.index(typed[-1]):
        raise NotADocumentId(_("This document ID has a typing mistake. Please compare it again."))
    return typed


def _check(body: str) -> int:
    number = 0
    for letter in body:
        number = number * 32 + ALPHABET.index(letter)
    return number % 37
