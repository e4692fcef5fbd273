"""What colleagues wrote about a row: ``{% comments_on "deal" deal.pk %}``."""

from typing import Any, cast

from django import template
from django.template.context import RequestContext

from paraph.desk.comments.thread import thread_of
from paraph.people.http import Request

register = template.Library()


@register.inclusion_tag("desk/comments/thread.html", takes_context=True)
def comments_on(context: RequestContext, noun: str, pk: int) -> dict[str, Any]:
    """Show the newest comments of a row that the page shows, and so may be seen."""
    request = cast(Request, context["request"])
    kept = {name: context[name] for name in ("request", "csrf_token")}
    return thread_of(request, noun, pk) | kept
