"""What the daily digest says; the words are templates."""

from __future__ import annotations

from django.conf import settings
from django.core import signing

from paraph.messaging.letters import Letter
from paraph.people.models import Employee, Installation

from .queries import Contents

_SALT = "digest off"


def token_of(person: Employee) -> str:
    """Return what stops the person's digest, and does nothing else."""
    return signing.dumps(person.pk, salt=_SALT)


def reader_of(token: str) -> int | None:
    """Return whose digest a token stops."""
    try:
        return int(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def daily_digest(person: Employee, contents: Contents) -> Letter:
    """Tell a person what needs attention, with the way to each, and the way to stop this."""
    company = {"name": Installation.here().name or "Paraph", "colour": "#1d2433"}
    off_url = f"{settings.PARAPH_URL}/digest/off/{token_of(person)}/"
    return Letter(
        kind="digest",
        channel="email",
        recipient=person.email,
        recipient_name=person.name,
        language=person.language,
        context={
            "contents": contents,
            "company": company,
            "link": f"{settings.PARAPH_URL}/envelopes/?attention=any&responsible={person.pk}",
            "settings_url": f"{settings.PARAPH_URL}/digest/",
            "off_url": off_url,
        },
        about=("employee", person.pk),
        unsubscribe_url=off_url,
    )
