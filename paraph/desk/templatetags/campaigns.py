"""Shows on a contact's page whether they agreed to be written to."""

from typing import Any

from django import template
from django.template import Context

from paraph.campaigns.queries import consents_of
from paraph.contacts.models import Contact

register = template.Library()


@register.inclusion_tag("desk/campaigns/consents.html", takes_context=True)
def consents(context: Context, contact: Contact, may_edit: bool) -> dict[str, Any]:
    """Show the contact's word, by channel; with the way to change it."""
    return {
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
        "contact": contact,
        "may_edit": may_edit,
        "consents": consents_of(contact),
    }
