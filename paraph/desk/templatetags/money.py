"""Money and numbers in templates, as the reader's language writes them."""

from decimal import Decimal

from django import template

from paraph.desk import money as writing

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency: ``{{ deal.amount|money:deal.currency }}``."""
    return writing.money(amount, currency)


@register.filter
def number(value: Decimal | None) -> str:
    """Return a number without zeros that say nothing."""
    return writing.plain_number(value)


@register.filter
def whole_money(amount: Decimal, currency: str) -> str:
    """Return an amount without the places after the point, where there is little room."""
    return writing.whole_money(amount, currency)
