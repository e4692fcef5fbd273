"""The list of contacts: its room, and what can be done with many contacts at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paraph.contacts.listing import contact_listing
from paraph.contacts.models import Contact, ContactType
from paraph.desk.addresses import to
from paraph.desk.campaigns.rooms import ON_CONTACTS, TOOL_ON_CONTACTS
from paraph.desk.lists.rooms import Asked, Entry, GroupAction, Room, Tool
from paraph.people.access import Right, Section, allow
from paraph.people.models import Employee

from . import cells

DOORS = (Section.CONTACTS, Section.CRM)
EDIT = (Right.EDIT, DOORS)
DELETE = (Right.DELETE, DOORS)
SETTINGS = (Right.EDIT, (Section.SETTINGS,))
IMPORT = (Right.CREATE, (Section.CONTACTS,))
EXPORT = (Right.EXPORT, (Section.CONTACTS,))


class ChooseResponsible(Asked):
    """Who shall be responsible from now on."""

    responsible = forms.ModelChoiceField(
        Employee.objects.filter(is_active=True), label=_("Responsible"), empty_label=None
    )

    def given(self) -> dict[str, Any]:
        return {"responsible": self.cleaned_data["responsible"].pk}


class ChooseType(Asked):
    """What the contacts are to us from now on."""

    type = forms.ChoiceField(label=_("Contact type"), choices=ContactType.choices)

    def given(self) -> dict[str, Any]:
        return {"type": self.cleaned_data["type"]}


DIRECTORY = Room[Contact](
    "contact-list",
    label=_("Contacts"),
    listing=contact_listing,
    rows=lambda person, right: Contact.objects.visible_to(person, right),
    guard=allow(Section.CONTACTS, Right.VIEW, or_in=Section.CRM),
    detail=to("contact-detail"),
    template="desk/contacts/list.html",
    empty="desk/contacts/empty.html",
    search=_("Search contacts"),
    create="contact-create",
    cells=cells.SPECIAL,
    menu=[
        Entry(_("Edit"), "pencil", EDIT, href=to("contact-edit"), key="e"),
        Entry(
            _("New document"),
            "writing-sign",
            (Right.SEND, (Section.DOCUMENTS,)),
            href=to("envelope-new", ask="client"),
        ),
        Entry(_("Delete"), "trash", DELETE, act="delete"),
    ],
    actions=[
        GroupAction(
            "responsible",
            _("Change the responsible"),
            "user-share",
            EDIT,
            kind="contacts.change-responsible",
            question=_("Who shall be responsible?"),
            form=ChooseResponsible,
        ),
        GroupAction(
            "type",
            _("Change the contact type"),
            "tag",
            EDIT,
            kind="contacts.change-type",
            question=_("What are they to you?"),
            form=ChooseType,
        ),
        GroupAction("export", _("Export"), "download", EXPORT, address="contact-export"),
        GroupAction(
            "merge",
            _("Merge duplicates"),
            "arrows-join",
            EDIT,
            address="contact-merge",
            least=2,
        ),
        *ON_CONTACTS,
        GroupAction(
            "delete",
            _("Delete"),
            "trash",
            DELETE,
            kind="contacts.delete",
            question=_("Delete these contacts?"),
            text=_(
                "They leave the directory for everybody. This cannot be undone. "
                "Contacts that documents name stay. What was merged into one goes with it."
            ),
            is_danger=True,
        ),
    ],
    tools=[
        Tool(_("Export"), "download", "contact-export", EXPORT),
        Tool(_("Import"), "upload", "import-new", IMPORT),
        TOOL_ON_CONTACTS,
        Tool(_("Find duplicates"), "copy-check", "contact-duplicates", EDIT),
        Tool(_("Further fields"), "forms", "contact-field-list", SETTINGS),
    ],
)
"""Campaigns, export and duplicates add their own group actions to it."""
