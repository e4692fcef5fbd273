"""Segments are put together, looked at and thrown away here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.campaigns import queries
from paraph.campaigns.actions.segments import (
    create_segment,
    delete_segment,
    edit_segment,
    remove_contact,
)
from paraph.campaigns.cards import SegmentCard
from paraph.campaigns.models import Channel, Segment, SegmentKind
from paraph.contacts.listing import contact_listing
from paraph.contacts.models import Contact
from paraph.desk.contacts.directory import DIRECTORY
from paraph.desk.lists.asking import Question
from paraph.desk.lists.filtering import chips_of, fields_of
from paraph.desk.timelines import timeline_of
from paraph.kit.filters import Criteria
from paraph.kit.numbers import key_of_row
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import SegmentForm

SIZE = 50
SHOWN = 8
MOST_FIXED = 20_000
"""A fixed list that is made of a filter takes so many at once; more are added by the list."""


@allow(Section.CAMPAIGNS, Right.CREATE)
def create(request: Request) -> HttpResponse:
    """Put a segment together; the address may bring what the list of contacts shows."""
    sent = request.POST if request.method == "POST" else request.GET
    criteria = contact_listing().criteria(sent)
    form = SegmentForm(
        request.POST or None, prefix="segment", initial={"kind": SegmentKind.DYNAMIC}
    )
    if form.is_valid():
        card = SegmentCard(**form.cleaned_data, criteria=criteria)
        segment = create_segment(
            card,
            responsible=request.user,
            members=_fitting(request, criteria) if card.kind == SegmentKind.STATIC else (),
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, _("%s is saved.") % segment.name)
        return redirect("segment-detail", segment.pk)
    return _form(request, form, criteria, None)


@allow(Section.CAMPAIGNS, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show who is in a segment, how many can be written to, and why the others cannot."""
    segment = segment_of(request, pk)
    members = queries.members_of(segment, person=request.user)
    after = key_of_row(request.GET.get("after", ""))
    rows = members.select_related("company").order_by("pk")
    page = list(rows.filter(pk__gt=after)[: SIZE + 1])
    mine = Segment.objects.visible_to(request.user, Right.EDIT)
    context = {
        "segment": segment,
        "chips": chips_of(_question(segment.criteria), request.user),
        "in_contacts": _question(segment.criteria | {"all": ["1"]}).address(),
        "found": [
            (label, queries.reached(members, channel=channel))
            for channel, label in Channel.choices
        ],
        "members": page[:SIZE],
        "next": page[SIZE - 1].pk if len(page) > SIZE else None,
        "campaigns": segment.campaigns.order_by("-pk")[:20],
        "may_edit": mine.filter(pk=pk).exists(),
        "timeline": timeline_of("segment", pk),
        "here": "campaign-list",
    }
    return render(request, "desk/campaigns/segment.html", context)


@allow(Section.CAMPAIGNS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Call a segment something else, or let it follow another filter."""
    segment = segment_of(request, pk, Right.EDIT)
    sent = request.POST if request.method == "POST" else segment.criteria
    criteria = contact_listing().criteria(sent)
    initial = {name: getattr(segment, name) for name in ("name", "kind", "is_shared")}
    form = SegmentForm(request.POST or None, prefix="segment", initial=initial)
    form.fields["kind"].disabled = True
    if form.is_valid():
        card = SegmentCard(**form.cleaned_data, criteria=criteria)
        edit_segment(segment, card, by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % segment.name)
        return redirect("segment-detail", pk)
    return _form(request, form, criteria, segment)


@allow(Section.CAMPAIGNS, Right.VIEW)
def preview(request: Request) -> HttpResponse:
    """Show who fits a filter that is being put together."""
    context = _shown(request, contact_listing().criteria(request.GET))
    return render(request, "desk/campaigns/fitting.html", context)


@allow(Section.CAMPAIGNS, Right.DELETE)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask once more, then throw a segment away."""
    segment = segment_of(request, pk, Right.DELETE)
    if request.method != "POST":
        context = {
            "title": _("Delete this segment?"),
            "text": _("The contacts in it stay in the directory."),
            "label": _("Delete"),
            "back": reverse("segment-detail", args=[pk]),
        }
        return render(request, "desk/confirm.html", context)
    delete_segment(segment, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is deleted.") % segment.name)
    return redirect("segment-list")


@require_POST
@allow(Section.CAMPAIGNS, Right.EDIT)
def remove(request: Request, pk: int, contact: int) -> HttpResponse:
    """Take one contact off a fixed list."""
    segment = segment_of(request, pk, Right.EDIT)
    member = get_object_or_404(Contact.objects.visible_to(request.user), pk=contact)
    remove_contact(segment, member, by=request.actor, at=request.received_at)
    return redirect("segment-detail", pk)


def segment_of(request: Request, pk: int, right: Right = Right.VIEW) -> Segment:
    """Return a segment within the reach of the person's right."""
    rows = Segment.objects.visible_to(request.user, right)
    return get_object_or_404(rows.select_related("responsible"), pk=pk)


def _form(
    request: Request, form: SegmentForm, criteria: Criteria, segment: Segment | None
) -> HttpResponse:
    context = {
        "form": form,
        "segment": segment,
        "fields": list(fields_of(_question(criteria), request.user)),
        "search": "".join(criteria.get("q", ())),
        "here": "campaign-list",
        **_shown(request, criteria),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/campaigns/segment_form.html", context, status=status)


def _shown(request: Request, criteria: Criteria) -> dict[str, Any]:
    rows = contact_listing().narrow(Contact.objects.visible_to(request.user), criteria)
    return {
        "number": rows.order_by().count(),
        "members": rows.select_related("company").order_by("sort_key", "pk")[:SHOWN],
    }


def _fitting(request: Request, criteria: Criteria) -> Sequence[Contact]:
    rows = contact_listing().narrow(Contact.objects.visible_to(request.user), criteria)
    return list(rows.order_by("pk")[:MOST_FIXED])


def _question(criteria: Criteria) -> Question[Contact]:
    """Return the list of contacts narrowed so, for the pieces that show filters."""
    listing = contact_listing()
    return Question(
        DIRECTORY, listing, criteria=criteria, sort=listing.sort(""), columns=(), cursor=None
    )
