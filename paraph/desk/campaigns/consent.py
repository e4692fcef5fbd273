"""Whether a contact agreed to be written to, changed on the contact's page."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.campaigns.actions.consenting import give_consent, withdraw_consent
from paraph.contacts.models import Contact
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import ConsentForm


@require_POST
@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def change(request: Request, pk: int) -> HttpResponse:
    """Keep a contact's word: agreed, or no longer."""
    contact = get_object_or_404(Contact.objects.visible_to(request.user, Right.EDIT), pk=pk)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a channel, and whether they agreed."))
        return redirect("contact-detail", pk)
    word = form.cleaned_data
    keep = give_consent if word["is_given"] else withdraw_consent
    keep(
        contact,
        channel=word["channel"],
        source=word["source"],
        by=request.actor,
        at=request.received_at,
    )
    messages.success(request, _("Their word is written down."))
    return redirect("contact-detail", pk)
