"""The list of client companies: its room, and what can be done with many at once."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paraph.contacts.company_listing import company_listing
from paraph.contacts.models import Company
from paraph.desk.contacts.directory import ChooseResponsible
from paraph.desk.lists.rooms import Entry, GroupAction, Room, Tool
from paraph.people.access import Right, Section, allow

EDIT = (Right.EDIT, (Section.CRM,))
EXPORT = (Right.EXPORT, (Section.CRM,))
DELETE = (Right.DELETE, (Section.CRM,))


def _detail(company: Company) -> str:
    return reverse("company-detail", args=[company.pk])


def _edit(company: Company) -> str:
    return reverse("company-edit", args=[company.pk])


def _new_deal(company: Company) -> str:
    return f"{reverse('deal-create')}?client={company.pk}"


def _rows(person: Any, right: Right) -> Any:
    return Company.objects.visible_to(person, right).clients()


COMPANIES = Room[Company](
    "company-list",
    label=_("Companies"),
    listing=company_listing,
    rows=_rows,
    guard=allow(Section.CRM, Right.VIEW),
    detail=_detail,
    template="desk/companies/list.html",
    empty="desk/companies/empty.html",
    search=_("Search companies"),
    create="company-create",
    cells={
        "tax_number": "desk/companies/tax_number.html",
        "phone": "desk/companies/phone.html",
    },
    menu=[
        Entry(_("Edit"), "pencil", EDIT, href=_edit, key="e"),
        Entry(_("New deal"), "briefcase", (Right.CREATE, (Section.CRM,)), href=_new_deal),
        Entry(_("Delete"), "trash", DELETE, act="delete"),
    ],
    actions=[
        GroupAction(
            "responsible",
            _("Change the responsible"),
            "user-share",
            EDIT,
            kind="companies.change-responsible",
            question=_("Who shall be responsible?"),
            form=ChooseResponsible,
        ),
        GroupAction(
            "xlsx", _("Excel file"), "table-export", EXPORT, address="company-export-xlsx"
        ),
        GroupAction("csv", _("CSV file"), "file-type-csv", EXPORT, address="company-export-csv"),
        GroupAction(
            "merge",
            _("Merge duplicates"),
            "arrows-join",
            EDIT,
            address="company-merge",
            least=2,
        ),
        GroupAction(
            "delete",
            _("Delete"),
            "trash",
            DELETE,
            kind="companies.delete",
            question=_("Delete these companies?"),
            text=_(
                "Their people stay. Companies with deals or documents stay, too. What was merged "
                "into one goes with it."
            ),
            is_danger=True,
        ),
    ],
    tools=[Tool(_("Find duplicates"), "copy-check", "company-duplicates", EDIT)],
)
