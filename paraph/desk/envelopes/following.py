"""Sending, and what the sender can do afterwards."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing.actions.drafting import delete_draft, use_as_new
from paraph.signing.actions.following import (
    cancel_envelope,
    close_links_to_file,
    copy_link,
    remind_party,
    send_new_link,
)
from paraph.signing.actions.sending import send_envelope
from paraph.signing.models import Envelope, Party


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def send(request: Request, pk: int) -> HttpResponse:
    """Send a draft to the people whose turn it is to sign."""
    envelope = envelope_to_steer(request, pk)
    send_envelope(envelope, by=request.actor, at=request.received_at)
    messages.success(request, _("Sent. You will see here how it goes."))
    return redirect("envelope-detail", pk)


@allow(Section.DOCUMENTS, Right.SEND)
def cancel(request: Request, pk: int) -> HttpResponse:
    """Ask first; then call an envelope back, with a reason that its parties read."""
    reason = request.POST.get("reason", "").strip()
    envelope = envelope_to_steer(request, pk)
    if request.method != "POST":
        context = {
            "envelope": envelope,
            "title": _("Cancel this document?"),
            "text": _(
                "Nobody can sign it any more, and the parties are told. This cannot be undone."
            ),
            "label": _("Cancel document"),
        }
        return render(request, "desk/envelopes/ending.html", context)
    cancel_envelope(envelope, reason=reason, by=request.actor, at=request.received_at)
    messages.success(request, _("Cancelled. Nobody can sign it any more."))
    return redirect("envelope-detail", pk)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def delete(request: Request, pk: int) -> HttpResponse:
    """Throw a draft away."""
    delete_draft(envelope_to_steer(request, pk), by=request.actor, at=request.received_at)
    messages.success(request, _("The draft is deleted. Its file is still under Files."))
    return redirect("envelope-list")


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def copy(request: Request, pk: int) -> HttpResponse:
    """Use an envelope as new: the same documents, parties and fields."""
    draft = use_as_new(
        envelope_to_steer(request, pk, Right.VIEW),
        responsible=request.user,
        by=request.actor,
        at=request.received_at,
    )
    return redirect("envelope-parties", draft.pk)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def close_links(request: Request, pk: int, party: int) -> HttpResponse:
    """Close the way to the signed file that a party was written."""
    shut_out = party_to_steer(request, pk, party)
    if close_links_to_file(shut_out, by=request.actor, at=request.received_at):
        messages.success(request, _("%s’s link opens the file no more.") % shut_out.name)
    else:
        messages.info(request, _("No link of %s was open.") % shut_out.name)
    return redirect("envelope-detail", pk)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def remind(request: Request, pk: int, party: int) -> HttpResponse:
    """Write to a party again."""
    reminded = party_to_steer(request, pk, party)
    remind_party(reminded, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is reminded.") % reminded.name)
    return redirect("envelope-detail", pk)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def new_link(request: Request, pk: int, party: int) -> HttpResponse:
    """Replace a party's link by a new one."""
    helped = party_to_steer(request, pk, party)
    send_new_link(helped, by=request.actor, at=request.received_at)
    messages.success(request, _("%s gets a new link; the old one opens nothing.") % helped.name)
    return redirect("envelope-detail", pk)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def link_to_copy(request: Request, pk: int, party: int) -> HttpResponse:
    """Show a further link of a party's once, for the sender to hand over themselves."""
    asked = party_to_steer(request, pk, party)
    address = copy_link(asked, by=request.actor, at=request.received_at)
    part = "#dialog" if request.htmx else ""
    context = {"envelope": asked.envelope, "party": asked, "address": address}
    response = render(request, f"desk/envelopes/link.html{part}", context)
    response["Cache-Control"] = "no-store"
    return response


def envelope_to_steer(request: Request, pk: int, right: Right = Right.SEND) -> Envelope:
    """Return an envelope that the person may steer; to see it is not enough."""
    return get_object_or_404(Envelope.objects.visible_to(request.user, right), pk=pk)


def party_to_steer(request: Request, pk: int, party: int) -> Party:
    """Return a party of an envelope that the person may steer."""
    rows = envelope_to_steer(request, pk).parties.select_related("envelope__company", "employee")
    return get_object_or_404(rows, pk=party)
