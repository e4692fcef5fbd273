"""The cells of the list of contacts that are more than their plain value."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from paraph.contacts.models import Contact
from paraph.desk.lists.cells import NOTHING

LONG = 80


def _name(contact: Contact) -> SafeString:
    badge = ""
    if contact.is_incomplete:
        badge = format_html(' <span class="badge badge--warn">{}</span>', _("Incomplete"))
    return format_html("{} {}{}", contact.last_name, contact.first_name, badge)


def _phone(contact: Contact) -> SafeString:
    if not contact.phone:
        return NOTHING
    return format_html('<a href="tel:{}">{}</a>', contact.phone, contact.readable_phone)


def _email(contact: Contact) -> SafeString:
    if not contact.email:
        return NOTHING
    return format_html('<a href="mailto:{0}">{0}</a>', contact.email)


def _comment(contact: Contact) -> SafeString:
    if not contact.comment:
        return NOTHING
    short = Truncator(contact.comment).chars(LONG)
    return format_html('<span class="cell__long" title="{}">{}</span>', contact.comment, short)


SPECIAL = {"name": _name, "phone": _phone, "email": _email, "comment": _comment}
