"""What the stack's form says of a place: what was typed, and what is wrong with it."""

from collections.abc import Mapping

from django import template

from paraph.signing.models import Field

register = template.Library()


@register.filter
def typed(form: Mapping[str, str], place: Field) -> str:
    """Return what the form says of the place, or what is kept for it."""
    return form.get(f"field-{place.pk}", place.value)


@register.filter
def problem_of(problems: Mapping[str, str], place: Field) -> str:
    """Return what is wrong with the place, in words; empty when nothing is."""
    return problems.get(f"field-{place.pk}", "")
