"""What templates may ask about access."""

from django.http import HttpRequest

from .access import Can


def can(request: HttpRequest) -> dict[str, object]:
    """Offer ``can.<right>_<section>`` to every template."""
    return {"can": Can(request)}
