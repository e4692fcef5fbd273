"""Whether what somebody entered proves who they are: words agreed, digits of an app, a passkey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db.models import QuerySet, Sum

from paraph.people.models import Employee

from . import codes, rules
from .models import Code, Party, Proof

PERIOD = 30  # seconds that the digits of an app count
TOLERANCE = (0, -1, 1)  # periods: clocks differ


@dataclass(frozen=True)
class Entered:
    """What somebody entered, and as which kind of proof; without one, it is the code we sent."""

    text: str
    method: str = ""

    @property
    def is_own(self) -> bool:
        """Tell whether it comes from the account, not from a message of ours."""
        return self.method in rules.OWN

    @property
    def digits(self) -> str:
        return codes.cleaned(self.text)


def has_app(person: Employee | None) -> bool:
    """Tell whether the digits of an authenticator app may stand for a code that is sent."""
    return person is not None and _app(person) is not None


def has_passkey(person: Employee | None) -> bool:
    """Tell whether a passkey of their account may stand for a code that is sent."""
    return person is not None and keys_of(person).exists()


def has_own(person: Employee) -> bool:
    """Tell whether somebody can prove themselves without a code of ours."""
    return has_app(person) or has_passkey(person)


def sent_to(code: Code, *, party: Party) -> str:
    """Return where the code went; empty for a proof that needs no message."""
    if not code.is_sent:
        return ""
    return code.stack.employee.email if code.stack else party.address(code.method)


def wrong_words(party: Party) -> int:
    """Count how often agreed words were wrong: for the party's life, whatever the link."""
    tried = Code.objects.filter(link__party=party, method=Proof.ACCESS)
    return int(tried.aggregate(count=Sum("wrong_tries"))["count"] or 0)


def is_access_right(party: Party, words: str) -> bool:
    """Tell whether these are the words that the sender agreed with the party."""
    found = codes.access_mac(words, party_id=party.pk)
    return bool(party.access_mac) and codes.is_same(party.access_mac, found)


def app_proof(person: Employee | None, digits: str, *, at: datetime) -> str:
    """Return the mark of the app's digits, which counts once; empty when they are not right."""
    app = _app(person) if person else None
    if app is None or person is None:
        return ""
    secret = get_adapter().decrypt(app.data["secret"])
    now = int(at.timestamp()) // PERIOD
    for counter in (now + step for step in TOLERANCE):
        if codes.is_same(format_hotp_value(hotp_value(secret, counter)), digits):
            mark = codes.mac(str(counter), whose=person.pk, purpose=Proof.TOTP)
            return "" if Code.objects.filter(mac=mark).exists() else mark
    return ""


def keys_of(person: Employee) -> QuerySet[Authenticator]:
    """Return the passkeys of an account."""
    kept: QuerySet[Authenticator] = Authenticator.objects.filter(
        user=person, type=Authenticator.Type.WEBAUTHN
    )
    return kept


def _app(person: Employee) -> Authenticator | None:
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP)
    return found.first()
