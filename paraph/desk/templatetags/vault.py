"""Holds as they are shown wherever something is that is on hold."""

from __future__ import annotations

from typing import Any

from django import template

from paraph.vault.queries import holds_of

register = template.Library()


@register.inclusion_tag("desk/vault/held.html", takes_context=True)
def holds_on(context: template.RequestContext, noun: str, pk: int) -> dict[str, Any]:
    """Show the holds on an envelope or a contact; nothing where there is none."""
    request = context["request"]
    return {"holds": holds_of(noun, pk), "request": request, "can": context["can"]}
