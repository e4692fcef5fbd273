"""The cells of the list of contacts that are more than their plain value.

They are written without a template, and without ``format_html``: fifty of each are a tenth of a
page's time.
"""

from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from paraph.contacts.models import Contact
from paraph.desk.lists.cells import NOTHING

LONG = 80


def _name(contact: Contact) -> SafeString:
    badge = ""
    if contact.is_incomplete:
        badge = format_html(' <span class="badge badge--warn">{}</span>', _("Incomplete"))
    name = f"{escape(contact.last_name)} {escape(contact.first_name)}{badge}"
    return mark_safe(name)  # noqa: S308  escaped


def _phone(contact: Contact) -> SafeString:
    if not contact.phone:
        return NOTHING
    link = f'<a href="tel:{escape(contact.phone)}">{escape(contact.readable_phone)}</a>'
    return mark_safe(link)  # noqa: S308  escaped


def _email(contact: Contact) -> SafeString:
    if not contact.email:
        return NOTHING
    address = escape(contact.email)
    shown = address.replace("@", "<wbr>@")  # where a line may end
    return mark_safe(f'<a href="mailto:{address}">{shown}</a>')  # noqa: S308  escaped


def _company(contact: Contact) -> SafeString:
    return _lines(contact.company.name if contact.company else "")


def _position(contact: Contact) -> SafeString:
    return _lines(contact.position)


def _lines(text: str) -> SafeString:
    """Write a text that may be long: two lines of it are shown."""
    if not text:
        return NOTHING
    return mark_safe(f'<span class="cell__lines">{escape(text)}</span>')  # noqa: S308  escaped


def _comment(contact: Contact) -> SafeString:
    if not contact.comment:
        return NOTHING
    short = Truncator(contact.comment).chars(LONG)
    return format_html('<span class="cell__long" title="{}">{}</span>', contact.comment, short)


SPECIAL = {
    "name": _name,
    "company": _company,
    "position": _position,
    "phone": _phone,
    "email": _email,
    "comment": _comment,
}
