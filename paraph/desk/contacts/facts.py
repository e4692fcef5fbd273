"""What a contact's page tells line by line, each line to be edited on the spot."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from paraph.contacts import fields
from paraph.contacts.models import Contact, CustomField, FieldKind
from paraph.contacts.steps import fill_contact
from paraph.desk.timelines.contacts import LABELS, readable

from .forms import ContactForm


@dataclass(frozen=True)
class Line:
    """One value with its name; ``name`` is its field's in the form."""

    name: str
    label: str
    text: str
    href: str = ""
    is_missing: bool = False


def lines(contact: Contact) -> list[Line]:
    """Return everything that is written about a contact."""
    return [*_own(contact), *_further(contact, fields.custom_fields()), *_last(contact)]


def line(contact: Contact, name: str) -> Line:
    """Return one line; what is not one is not found."""
    found = next((each for each in lines(contact) if each.name == name), None)
    if found is None:
        raise Http404
    return found


def differences(contact: Contact, form: ContactForm) -> list[tuple[str, str]]:
    """Return what stands there now and is not what the form says, by its label."""
    typed = Contact(created_at=contact.created_at, responsible=contact.responsible)
    fill_contact(typed, form.card())
    pairs = zip(lines(contact), lines(typed), strict=True)
    return [(now.label, now.text or "–") for now, then in pairs if now.text != then.text]


def _own(contact: Contact) -> Sequence[Line]:
    phone, email = contact.phone, contact.email
    company = contact.company.name if contact.company else ""
    return (
        Line("last_name", _("Last name"), contact.last_name),
        Line("first_name", _("First name"), contact.first_name),
        Line("phone", _("Phone"), contact.readable_phone, phone and f"tel:{phone}", not phone),
        Line("email", _("E-mail"), email, email and f"mailto:{email}", not email),
        Line("position", _("Position"), contact.position),
        Line("company", _("Company"), company),
        Line("type", _("Contact type"), contact.get_type_display()),
        Line("language", _("Language"), contact.get_language_display()),
        Line("responsible", _("Responsible"), contact.responsible.name),
    )


def _further(contact: Contact, further: Sequence[CustomField]) -> list[Line]:
    return [_further_line(field, contact) for field in further]


def _further_line(field: CustomField, contact: Contact) -> Line:
    value = contact.custom.get(field.key)
    href = str(value) if value and field.kind == FieldKind.LINK else ""
    return Line(field.key, field.label, fields.shown(field, value), href)


def _last(contact: Contact) -> Sequence[Line]:
    return (
        Line("comment", _("Comment"), contact.comment),
        Line("is_shared", _("Available to everyone"), _("Yes") if contact.is_shared else _("No")),
    )


def also_known(contact: Contact) -> list[tuple[str, list[str]]]:
    """Return what merged contacts were known by besides, by the names of the fields."""
    labels = LABELS | {field.key: field.label for field in CustomField.objects.all()}
    known: dict[str, list[str]] = {}
    for entry in contact.also:
        field, value = entry["field"], entry["value"]
        values = known.setdefault(str(labels.get(field, field)), [])
        if (text := readable(field, value)) not in values:
            values.append(text)
    return list(known.items())
