"""What happened around a row, and the place to write: ``{% what_happened "deal" deal.pk %}``."""

from typing import Any, cast

from django import template
from django.template.context import RequestContext

from paraph.desk.timelines.stories import story_of
from paraph.people.http import Request

register = template.Library()


@register.inclusion_tag("desk/timelines/card.html", takes_context=True)
def what_happened(context: RequestContext, noun: str, pk: int) -> dict[str, Any]:
    """Show the newest of a row's timeline on a page that shows the row."""
    request = cast(Request, context["request"])
    kept = {name: context[name] for name in ("request", "csrf_token")}
    return kept | {"story": story_of(request, noun, pk)}
