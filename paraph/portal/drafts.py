"""What was typed while the session ran out: it waits until the person has a new code."""

from django.core.cache import cache
from django.http import HttpRequest

from paraph.signing import codes
from paraph.signing.models import Link, SigningSession

KEPT_SECONDS = 2 * 60 * 60
NAMES = ("field-", "typed-", "how-")
LONGEST = 500
MOST = 200


def stash(request: HttpRequest, link: Link, *, key: str) -> None:
    """Keep the form of somebody whose session was real and is over; of nobody else."""
    known = SigningSession.objects.filter(key_hash=codes.hashed(key), link=link)
    if not key or not known.exists():
        return
    typed = [
        (name, value[:LONGEST]) for name, value in request.POST.items() if name.startswith(NAMES)
    ]
    cache.set(_name(link), dict(typed[:MOST]), KEPT_SECONDS)


def stashed(link: Link) -> dict[str, str]:
    """Return what waits for the person behind this link."""
    found: dict[str, str] = cache.get(_name(link)) or {}
    return found


def forget(link: Link) -> None:
    """Drop it: it has been kept where it belongs. Mostly there is none, and nothing to write."""
    if stashed(link):
        cache.delete(_name(link))


def _name(link: Link) -> str:
    return f"typed-behind-link-{link.pk}"
