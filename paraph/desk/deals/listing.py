"""The list of deals: its room, and what can be done with many deals at once."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paraph.desk.contacts.directory import ChooseResponsible
from paraph.desk.lists.rooms import Asked, Entry, GroupAction, Room
from paraph.people.access import Right, Section, allow
from paraph.sales.listing import deal_listing
from paraph.sales.models import Deal, DealStage

EDIT = (Right.EDIT, (Section.CRM,))
EXPORT = (Right.EXPORT, (Section.CRM,))
DELETE = (Right.DELETE, (Section.CRM,))
SEND = (Right.SEND, (Section.DOCUMENTS,))


class StageField(forms.ModelChoiceField[DealStage]):
    """A stage, named with its pipeline."""

    def label_from_instance(self, obj: DealStage) -> str:
        return f"{obj.pipeline.name} · {obj.name}"


class ChooseStage(Asked):
    """Where the deals go."""

    stage = StageField(
        DealStage.objects.select_related("pipeline").order_by("pipeline__position", "position"),
        label=_("Stage"),
        empty_label=None,
    )

    def given(self) -> dict[str, Any]:
        return {"stage": self.cleaned_data["stage"].pk}


def _detail(deal: Deal) -> str:
    return reverse("deal-detail", args=[deal.pk])


def _edit(deal: Deal) -> str:
    return reverse("deal-edit", args=[deal.pk])


def _new_document(deal: Deal) -> str:
    return f"{reverse('envelope-new')}?deal={deal.pk}"


DEALS = Room[Deal](
    "deal-list",
    label=_("Deals"),
    listing=deal_listing,
    rows=lambda person, right: Deal.objects.visible_to(person, right),
    guard=allow(Section.CRM, Right.VIEW),
    detail=_detail,
    template="desk/deals/list.html",
    empty="desk/deals/empty.html",
    search=_("Search deals"),
    create="deal-create",
    cells={
        "stage": "desk/deals/cells/stage.html",
        "amount": "desk/deals/cells/amount.html",
    },
    menu=[
        Entry(_("Edit"), "pencil", EDIT, href=_edit, key="e"),
        Entry(_("New document"), "writing-sign", SEND, href=_new_document),
        Entry(_("Delete"), "trash", DELETE, act="delete"),
    ],
    actions=[
        GroupAction(
            "responsible",
            _("Change the responsible"),
            "user-share",
            EDIT,
            kind="deals.change-responsible",
            question=_("Who shall be responsible?"),
            form=ChooseResponsible,
        ),
        GroupAction(
            "move",
            _("Move to a stage"),
            "arrow-right",
            EDIT,
            kind="deals.move",
            question=_("Where do these deals go?"),
            form=ChooseStage,
        ),
        GroupAction("xlsx", _("Excel file"), "table-export", EXPORT, address="deal-export-xlsx"),
        GroupAction("csv", _("CSV file"), "file-type-csv", EXPORT, address="deal-export-csv"),
        GroupAction(
            "delete",
            _("Delete"),
            "trash",
            DELETE,
            kind="deals.delete",
            question=_("Delete these deals?"),
            text=_("This cannot be undone. Deals with documents stay."),
            is_danger=True,
        ),
    ],
)
