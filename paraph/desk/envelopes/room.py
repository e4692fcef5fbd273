"""The list of documents: its room, and what can be done with many documents at once."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.board.actions.exporting import note_export
from paraph.board.listing import envelope_listing
from paraph.desk.addresses import to
from paraph.desk.contacts.directory import ChooseResponsible
from paraph.desk.lists.asking import selection_of
from paraph.desk.lists.cells import NOTHING
from paraph.desk.lists.rooms import Asked, Entry, GroupAction, Room, Tool
from paraph.desk.lists.taking import take
from paraph.desk.money import money
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.queries import seen_deal
from paraph.signing.models import Envelope
from paraph.vault.models import SignedFile

DOCUMENTS = (Section.DOCUMENTS,)
VIEW = (Right.VIEW, DOCUMENTS)
SEND = (Right.SEND, DOCUMENTS)
EDIT = (Right.EDIT, DOCUMENTS)
EXPORT = (Right.EXPORT, DOCUMENTS)
MOST_FILES = 500  # their keys go along in an address


class SayWhy(Asked):
    """Why the documents are called back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The parties read it."),
    )

    def given(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"].strip()}


class ChooseDay(Asked):
    """Until when the documents can be signed."""

    until_on = forms.DateField(
        label=_("Sign by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Choose a day from the calendar.")},
    )

    def clean_until_on(self) -> datetime:
        """Return the end of that day, which must be still to come."""
        day, zone = self.cleaned_data["until_on"], timezone.get_current_timezone()
        until = datetime.combine(day, time(23, 59, 59), zone)
        if until <= timezone.now():
            raise forms.ValidationError(gettext("Choose a day that is still to come."))
        return until

    def given(self) -> dict[str, Any]:
        return {"until_at": self.cleaned_data["until_on"].isoformat()}


def _stage(envelope: Envelope) -> SafeString:
    words = envelope.get_standing_display()
    return format_html('<span class="status status--{}">{}</span>', envelope.status, words)


def _amount(envelope: Envelope) -> SafeString:
    if envelope.amount is None:
        return NOTHING
    text = money(envelope.amount, envelope.currency)
    return format_html('<span class="numbers">{}</span>', text)


ENVELOPES = Room[Envelope](
    "envelope-list",
    label=_("Documents"),
    listing=lambda: envelope_listing(at=timezone.now()),
    rows=lambda person, right: Envelope.objects.visible_to(person, right).annotate(
        deal_title=seen_deal(person)
    ),
    guard=allow(Section.DOCUMENTS, Right.VIEW),
    detail=to("envelope-detail"),
    template="desk/envelopes/list.html",
    empty="desk/envelopes/empty.html",
    search=_("Search documents"),
    create="envelope-new",
    cells={"stage": _stage, "amount": _amount},
    is_sent=True,
    menu=[
        Entry(_("Remind"), "bell", SEND, act="remind", key="r"),
        Entry(_("Move the deadline"), "calendar", SEND, act="extend"),
        Entry(_("Change the responsible"), "user-share", EDIT, act="responsible"),
        Entry(_("Cancel document"), "ban", SEND, act="cancel"),
    ],
    actions=[
        GroupAction(
            "remind",
            _("Remind"),
            "bell",
            SEND,
            kind="envelopes.remind",
            question=_("Remind everybody whose turn it is?"),
            text=_("Each gets a new link. Who was written to a moment ago is left in peace."),
        ),
        GroupAction(
            "extend",
            _("Move the deadline"),
            "calendar",
            SEND,
            kind="envelopes.extend",
            question=_("Until when can they be signed?"),
            text=_("At the end of that day the documents expire."),
            form=ChooseDay,
        ),
        GroupAction(
            "responsible",
            _("Change the responsible"),
            "user-share",
            EDIT,
            kind="envelopes.hand-over",
            question=_("Who shall be responsible?"),
            form=ChooseResponsible,
        ),
        GroupAction(
            "download",
            _("Download the signed files"),
            "file-zip",
            (Right.EXPORT, (Section.VAULT,)),
            address="envelope-list-download",
        ),
        GroupAction("xlsx", _("Excel file"), "table-export", EXPORT, address="envelope-list-xlsx"),
        GroupAction("csv", _("CSV file"), "file-type-csv", EXPORT, address="envelope-list-csv"),
        GroupAction(
            "cancel",
            _("Cancel documents"),
            "ban",
            SEND,
            kind="envelopes.cancel",
            question=_("Cancel these documents?"),
            text=_(
                "Nobody can sign them any more, and the parties are told. This cannot be undone."
            ),
            form=SayWhy,
            is_danger=True,
        ),
    ],
    tools=[
        Tool(_("Calendar of deadlines"), "calendar", "calendar", VIEW),
        Tool(
            _("When a document stands out"),
            "bell",
            "attention-rule",
            (Right.EDIT, (Section.SETTINGS,)),
        ),
    ],
)


@allow(Section.VAULT, Right.EXPORT)
def download(request: Request) -> HttpResponse:
    """Lead to the archive of the vault with the signed files of the chosen documents."""
    listing = ENVELOPES.listing()
    rows = ENVELOPES.rows(request.user, Right.VIEW)
    chosen = listing.selected(rows, selection_of(request, listing)).order_by()
    files = SignedFile.objects.visible_to(request.user, Right.EXPORT).filter(envelope__in=chosen)
    keys = list(files.values_list("pk", flat=True)[: MOST_FILES + 1])
    if not keys:
        messages.error(request, gettext("None of these is signed, or they are not yours to take."))
        return redirect(ENVELOPES.address)
    if len(keys) > MOST_FILES:
        messages.error(
            request, gettext("So many are taken out of the vault: filter and choose there.")
        )
        return redirect("vault")
    return redirect(f"{reverse('vault-archive')}?ids={','.join(map(str, keys))}")


@allow(Section.DOCUMENTS, Right.EXPORT)
def export(request: Request, format: str) -> HttpResponseBase:
    """Hand the chosen rows over as a file, as far as the right to export reaches."""

    def note(rows: int) -> None:
        note_export(rows=rows, format=format, by=request.actor, at=request.received_at)

    return take(request, ENVELOPES, format, kind="envelopes.export", note=note)
