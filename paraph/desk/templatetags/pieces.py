"""``{% piece "rail" %}``: a part of the frame, drawn once for all who see the same."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from paraph.desk.addresses import place_of_addresses
from paraph.desk.frame import pieces
from paraph.desk.templatetags.frame import chosen_theme

register = template.Library()


@register.simple_tag(takes_context=True)
def piece(context: RequestContext, name: str) -> SafeString:
    """Return a piece of the frame for this request."""
    request, navigation = context["request"], tuple(context.get("navigation") or ())
    look = pieces.Look(
        language=get_language() or "",
        theme=chosen_theme(context),
        here=context.get("here") or "",
        new_url=context.get("new_url") or "",
        is_trial=bool(context.get("trial")),
        is_known=bool(navigation),
        navigation=pieces.without_counts(navigation),
        root=place_of_addresses(),
    )
    token = str(context.get("csrf_token", ""))
    filled = pieces.drawn(name, look, pieces.values(request, navigation, token=token))
    return mark_safe(filled)  # noqa: S308  drawn by a template, and filled with escaped words
