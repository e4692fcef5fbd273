"""How allauth keeps and names second factors here: their secrets under the master key."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from paraph.kit.keys import locked, unlocked

from .models import Employee

PURPOSE = "second-factors"


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth carries no types
    """Whoever reads the database alone computes nobody's digits and no recovery code."""

    def encrypt(self, text: str) -> str:
        return urlsafe_b64encode(locked(text.encode(), purpose=PURPOSE, about="")).decode()

    def decrypt(self, encrypted_text: str) -> str:
        blob = urlsafe_b64decode(encrypted_text)
        return unlocked(blob, purpose=PURPOSE, about="").decode()

    def generate_authenticator_name(self, user: Employee, type: str) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey") if number == 1 else _("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return "Paraph"


def encrypt_anew() -> int:
    """Encrypt every kept secret under the newest master key, and say of how many accounts."""
    adapter, rewritten = SecondFactors(), []
    for kept in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN):
        for name in {"secret", "seed"} & kept.data.keys():
            kept.data[name] = adapter.encrypt(adapter.decrypt(kept.data[name]))
        rewritten.append(kept)
    Authenticator.objects.bulk_update(rewritten, ["data"], batch_size=500)
    return len(rewritten)
