"""What a view may rely on in every request."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from paraph.journal.actors import Actor

from .models import Employee


class Request(HttpRequest):
    """A request that passed our middleware: who acts, and when it was received (UTC)."""

    user: Employee  # views behind @allow and @signed_in have a person
    actor: Actor
    received_at: datetime
    htmx: HtmxDetails


def address_of(request: HttpRequest) -> str | None:
    """Return the visitor's address; forwarding headers count only behind our proxies."""
    ip = request.META.get("REMOTE_ADDR", "")
    if settings.PARAPH_PROXIES:
        named = request.headers.get("X-Forwarded-For", "").split(",")
        hops = [hop.strip() for hop in named if hop.strip()]
        ip = hops[-settings.PARAPH_PROXIES] if len(hops) >= settings.PARAPH_PROXIES else ip
    return ip or None
