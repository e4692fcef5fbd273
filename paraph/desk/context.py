"""What the frame of every desk page shows: navigation, counters, themes and languages."""

from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, object]:
    """Offer the frame's content to every template."""
    return {}
