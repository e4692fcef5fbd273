"""How the desk writes what it knows of companies."""

from django import template

from paraph.contacts import company_listing
from paraph.contacts.models import Company

register = template.Library()


@register.filter
def tax_number(company: Company) -> str:
    """Return the tax number in the groups in which people read it."""
    return company_listing.tax_number(company)


@register.filter
def country(company: Company) -> str:
    """Return the name of the company's country."""
    return str(company_listing.COUNTRIES.get(company.country, company.country))
