"""A certificate that somebody gives for a company: looked at, and refused in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography import x509
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from paraph.sealing.company import CannotOpen

from . import seals
from .refusals import CannotSeal

LARGEST = seals.LARGEST
REASONS: dict[str, Any] = {  # lazy texts
    "wrong-password": _("The password does not open this file."),
    "not-pkcs12": _("This is not a certificate file. It ends in .p12 or .pfx."),
    "no-certificate": _("This is no certificate. The file begins with BEGIN CERTIFICATE."),
    "no-key": _("The file holds no certificate with its key. Export both together."),
    "weak-key": _("The key is too weak: RSA needs 2048 bits or more, EC the curve P-256 or more."),
    "not-yet-valid": _("The certificate is not valid yet."),
    "expired": _("The certificate has run out."),
    "not-for-signing": _("The certificate was not issued for signatures or seals."),
    "not-in-token": _("The token holds no key of that label that belongs to this certificate."),
}


@dataclass(frozen=True)
class Given:
    """A certificate with those above it, and its key: as a secret, or left in the token."""

    chain: Sequence[x509.Certificate]
    secret: bytes | None = None
    token_label: str = ""


def has_token() -> bool:
    """Tell whether keys may lie in a token."""
    return bool(settings.PKCS11_MODULE and settings.PKCS11_TOKEN)


def from_file(content: bytes, password: str, *, at: datetime) -> Given:
    """Take a PKCS #12 file, opened in a child process; raises ``CannotSeal``."""
    try:
        chain = seals.described(content, password, at=at)
    except CannotOpen as refused:
        raise _refusal(refused) from refused
    return Given(chain, seals.secret_of(content, password))


def from_token(content: bytes, label: str, *, at: datetime) -> Given:
    """Take a certificate whose key stays in the token, read in a child process; raises
    ``CannotSeal``.
    """
    from . import tokens  # only here: few installations have one

    try:
        chain = seals.described_alone(content, at=at)
        tokens.refuse_stranger(chain[0], label=label)
    except CannotOpen as refused:
        raise _refusal(refused) from refused
    return Given(chain, token_label=label)


def _refusal(refused: CannotOpen) -> CannotSeal:
    return CannotSeal(str(REASONS.get(refused.code, REASONS["not-pkcs12"])))
