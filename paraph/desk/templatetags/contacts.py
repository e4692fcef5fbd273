"""How the desk writes what it knows of people."""

from django import template

from paraph.contacts import rules

register = template.Library()


@register.filter
def phone(number: str) -> str:
    """Return a phone number grouped the way its country writes it."""
    return rules.readable_phone(number)
