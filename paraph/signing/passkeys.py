"""The passkeys of an employee's account as a proof: the question that the browser answers, and
whether the answer is right. The question stands for exactly the documents that it opens."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    UserVerificationRequirement,
)

from paraph.kit.keys import derived_key
from paraph.people.models import Employee

from .models import Code
from .proofs import keys_of

REQUIRED = UserVerificationRequirement.REQUIRED  # a finger, a face or a PIN, not only a touch


def options_of(code: Code, *, person: Employee) -> Mapping[str, Any]:  # JSON
    """Return what the browser needs to ask for the passkey."""
    options, _state = _server().authenticate_begin(
        _credentials(person), user_verification=REQUIRED, challenge=_challenge(code)
    )
    return dict(options)


def is_answered(code: Code, answer: str, *, person: Employee) -> bool:
    """Tell whether a passkey of that person signed the very question of this row."""
    state = {"challenge": _websafe(_challenge(code)), "user_verification": REQUIRED}
    try:
        _server().authenticate_complete(state, _credentials(person), json.loads(answer))
    except (ValueError, TypeError, KeyError, RecursionError):  # whatever a browser may send
        return False
    return True


def _server() -> Fido2Server:
    house = urlsplit(settings.PARAPH_URL)
    here = PublicKeyCredentialRpEntity(id=house.hostname or "", name="Paraph")
    return Fido2Server(here, verify_origin=lambda origin: origin == settings.PARAPH_URL)


def _challenge(code: Code) -> bytes:
    """Return the question: nobody can ask it for another document, and nothing is kept of it."""
    bound = f"{code.pk}\n{code.purpose}\n{code.documents_hash}"
    return hmac.new(derived_key("passkey questions"), bound.encode(), "sha256").digest()


def _websafe(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def _credentials(person: Employee) -> list[AttestedCredentialData]:
    kept = [key.wrap().authenticator_data.credential_data for key in keys_of(person)]
    return [credential for credential in kept if credential is not None]
