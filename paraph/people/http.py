"""What a view may rely on in every request."""

from datetime import datetime

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
