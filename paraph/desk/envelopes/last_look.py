"""Step 4 of the preparation: the last look, how everybody is reached and reminded, and sending."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import queries, rules
from paraph.signing.actions.arranging import MOST_DAYS, MOST_REMINDERS, arrange, change_reminders
from paraph.signing.actions.drafting import describe
from paraph.signing.actions.sending import send_envelope
from paraph.signing.details import known
from paraph.signing.models import Envelope, Field

from . import wizard
from .forms import DescriptionForm, initial_description
from .seating import order_context


class MannerForm(forms.Form):
    """How often parties are reminded, and whether a colleague may act instead."""

    is_reminded = forms.BooleanField(label=gettext_lazy("Remind by itself"), required=False)
    first_after_days = forms.IntegerField(
        label=gettext_lazy("First after, days"), min_value=1, max_value=MOST_DAYS, initial=2
    )
    every_days = forms.IntegerField(
        label=gettext_lazy("Then every, days"), min_value=1, max_value=MOST_DAYS, initial=3
    )
    at_most = forms.IntegerField(
        label=gettext_lazy("At most, times"), min_value=1, max_value=MOST_REMINDERS, initial=3
    )
    may_hand_over = forms.BooleanField(
        label=gettext_lazy("Parties may have a colleague sign instead"), required=False
    )

    def policy(self) -> rules.Policy | None:
        """Return how often to remind; nothing for never."""
        typed = self.cleaned_data
        if not typed["is_reminded"]:
            return None
        return rules.Policy(typed["first_after_days"], typed["every_days"], typed["at_most"])


@allow(Section.DOCUMENTS, Right.SEND)
def review(request: Request, pk: int) -> HttpResponse:
    """Look at everything once more; the words are kept as one types, then it is sent."""
    envelope = wizard.draft_of(request, pk)
    form = DescriptionForm(request.POST or None, initial=initial_description(envelope))
    if form.is_valid():
        description = form.description(envelope)
        describe(envelope, description=description, by=request.actor, at=request.received_at)
        return _described(request, envelope)
    context = {
        "envelope": envelope,
        "form": form,
        "manner": MannerForm(initial=_manner_of(envelope)),
        "parties": queries.parties_of(envelope),
        "documents": queries.documents_of(envelope),
        "obstacles": queries.obstacles_to_sending(envelope, at=request.received_at),
        "steps": wizard.steps(envelope, current="review"),
    } | order_context(envelope)
    status = 422 if form.errors else 200
    return render(request, "desk/envelopes/review.html", context, status=status)


@require_POST
@allow(Section.DOCUMENTS, Right.SEND)
def manner(request: Request, pk: int) -> HttpResponse:
    """Keep how parties are reminded, and whether they may hand over."""
    envelope = wizard.draft_of(request, pk)
    form = MannerForm(request.POST)
    if form.is_valid():
        by, at = request.actor, request.received_at
        needed = queries.needed_of(envelope)
        arrange(envelope, needed=needed, may_hand_over=form.cleaned_data["may_hand_over"])
        change_reminders(envelope, policy=form.policy(), by=by, at=at)
    if not request.htmx:
        return redirect("envelope-review", pk)
    context = {"envelope": envelope, "manner": form}
    status = 422 if form.errors else 200
    return render(request, "desk/envelopes/manner.html#manner", context, status=status)


@allow(Section.DOCUMENTS, Right.SEND)
def preview(request: Request, pk: int, party: int) -> HttpResponse:
    """Show the pages with a party's fields, as it will find them."""
    envelope = wizard.draft_of(request, pk)
    rows = envelope.parties.select_related("company", "contact", "employee")
    seat = get_object_or_404(rows, pk=party)
    fields = list(Field.objects.filter(party=seat).select_related("party__contact"))
    for field in fields:
        field.value = known(field)
    context = {
        "envelope": envelope,
        "party": seat,
        "fields": fields,
        "documents": queries.documents_of(envelope),
    }
    return render(request, "desk/envelopes/preview.html", context)


def _manner_of(envelope: Envelope) -> dict[str, object]:
    kept = {name: days for name, days in envelope.reminders.items() if days}
    return {"is_reminded": bool(kept), "may_hand_over": envelope.may_hand_over, **kept}


def _described(request: Request, envelope: Envelope) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204)
    if "send" not in request.POST:
        return redirect("envelope-review", envelope.pk)
    send_envelope(envelope, by=request.actor, at=request.received_at)
    messages.success(request, _("Sent. You will see here how it goes."))
    return redirect("envelope-detail", envelope.pk)
