"""A passkey in software: it registers itself with an account, and answers as browsers do."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from fido2.cose import ES256
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from paraph.people.models import Employee

FLAG = AuthenticatorData.FLAG


def _safe(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


class FakePasskey:
    """One key of one account; ``is_verified`` tells whether it asks for a finger or a PIN."""

    def __init__(self, person: Employee, *, is_verified: bool = True) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.flags = FLAG.UP | (FLAG.UV if is_verified else FLAG(0))
        self.number = sha256(str(person.pk).encode()).digest()
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]  # of the library
        credential = AttestedCredentialData.create(Aaguid.NONE, self.number, public)
        about = AuthenticatorData.create(self._here(), self.flags | FLAG.AT, 0, credential)
        made = AttestationObject.create("none", about, {})
        client = CollectedClientData.create("webauthn.create", b"0" * 32, settings.PARAPH_URL)
        response = {"clientDataJSON": _safe(client), "attestationObject": _safe(made)}
        kept = {"name": "Key", "credential": self._named(response)}
        Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=kept)

    def answer(self, options: Mapping[str, Any], *, origin: str = "") -> str:
        """Answer what a page asks, as its browser would send it."""
        wanted = dict(options["publicKey"])
        client = CollectedClientData.create(
            "webauthn.get", wanted["challenge"], origin or settings.PARAPH_URL
        )
        about = AuthenticatorData.create(self._here(), self.flags, 1)
        signature = self.key.sign(about + client.hash, ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": _safe(client),
            "authenticatorData": _safe(about),
            "signature": _safe(signature),
        }
        return json.dumps(self._named(response))

    def _named(self, response: Mapping[str, str]) -> dict[str, object]:
        number = _safe(self.number)
        return {"id": number, "rawId": number, "type": "public-key", "response": response}

    @staticmethod
    def _here() -> bytes:
        return sha256(b"localhost").digest()
