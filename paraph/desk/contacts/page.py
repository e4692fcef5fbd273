"""A contact's page: what is written, edited on the spot, and everything around it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from paraph.campaigns.models import Campaign, Recipient
from paraph.contacts import queries
from paraph.contacts.actions.editing import edit_contact
from paraph.contacts.joining import GOOD_FOR
from paraph.contacts.models import Contact, Contacts
from paraph.desk.timelines.sources import MOST_ROWS
from paraph.kit.seeing import ChangedMeanwhile
from paraph.messaging.models import Message
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.sales.queries import deals_of
from paraph.signing.models import Envelope, Party
from paraph.signing.queries import with_people

from .facts import Line, also_known, line, lines
from .forms import ContactForm

RECENT = 6


@allow(Section.CONTACTS, Right.VIEW, or_in=Section.CRM)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show a contact and everything around them; a merged one leads to what it is now."""
    contact = _rows(request).filter(pk=pk).first()
    if contact is None:
        survivor = get_object_or_404(_rows(request), pk=queries.survivor_of(pk))
        return redirect("contact-detail", survivor.pk)
    since = request.received_at - GOOD_FOR
    context = {
        "contact": contact,
        "lines": lines(contact),
        "also": also_known(contact),
        "merges": queries.merges_of(contact, since=since),
        "may": _may(request, contact),
        **_papers(request, contact),
    }
    return render(request, "desk/contacts/detail.html", context)


@allow(Section.CONTACTS, Right.EDIT, or_in=Section.CRM)
def fact(request: Request, pk: int, name: str) -> HttpResponse:
    """Edit one value where it stands; without script this is the edit page."""
    contact = get_object_or_404(_rows(request, Right.EDIT), pk=pk)
    shown = line(contact, name)
    if not request.htmx:
        return redirect("contact-edit", pk)
    if "keep" in request.GET:
        return _shown(request, contact, shown)
    form = ContactForm(request.POST or None, person=request.user, contact=contact)
    form.only(name)
    if request.method == "POST" and form.is_valid() and _kept(request, contact, shown, form):
        fresh = get_object_or_404(_rows(request), pk=pk)
        return _shown(request, fresh, line(fresh, name), is_new=True)
    context = {"contact": contact, "line": shown, "field": form[name], "form": form}
    status = 422 if form.errors else 200
    return render(request, "desk/contacts/detail.html#editing", context, status=status)


def _kept(request: Request, contact: Contact, shown: Line, form: ContactForm) -> bool:
    """Keep the value, unless somebody else has changed it while it was being edited."""
    try:
        if request.POST.get("was", shown.text) != shown.text:
            raise ChangedMeanwhile
        edit_contact(
            contact,
            form.card(),
            by=request.actor,
            at=request.received_at,
            seen_at=contact.edited_at,
        )
    except ChangedMeanwhile:
        now = shown.text or "–"
        sentence = _("Somebody changed this to “%s” meanwhile. Save again to replace it.") % now
        form.add_error(shown.name, sentence)
        return False
    return True


def _shown(
    request: Request, contact: Contact, shown: Line, *, is_new: bool = False
) -> HttpResponse:
    context = {"contact": contact, "line": shown, "may": {"edit": True}, "is_new": is_new}
    response = render(request, "desk/contacts/detail.html#fact", context)
    if is_new:
        response["HX-Trigger"] = "contact-changed"
    return response


def _rows(request: Request, right: Right = Right.VIEW) -> Contacts:
    rows = Contact.objects.visible_to(request.user, right)
    return rows.select_related("company", "responsible")


def _may(request: Request, contact: Contact) -> dict[str, bool]:
    """Say what the person may do with this very contact."""
    rows = {right: Contact.objects.visible_to(request.user, right) for right in Right}
    return {
        right.value: rows[right].filter(pk=contact.pk).exists()
        for right in (Right.EDIT, Right.DELETE)
    }


def _papers(request: Request, contact: Contact) -> dict[str, object]:
    """Return the contact's newest deals and documents, and the messages that went out."""
    envelopes = Envelope.objects.visible_to(request.user).filter(parties__contact=contact)
    return {
        "deals": deals_of(contact, request.user),
        "envelopes": with_people(envelopes).distinct().order_by("-created_at", "-id")[:RECENT],
        "letters": _letters(request, contact),
    }


def _letters(request: Request, contact: Contact) -> list[Message]:
    """Return the newest messages of documents and campaigns that the person may see."""
    envelopes = Envelope.objects.visible_to(request.user)
    parties = Party.objects.filter(contact=contact, envelope__in=envelopes).order_by("-pk")
    campaigns = Campaign.objects.visible_to(request.user)
    mailings = Recipient.objects.filter(contact=contact, campaign__in=campaigns)
    about_parties = Message.objects.filter(
        noun="party", noun_id__in=list(parties.values_list("pk", flat=True)[:MOST_ROWS])
    )
    sent = mailings.exclude(message=None).order_by("-pk").values_list("message", flat=True)
    of_campaigns = Message.objects.filter(pk__in=list(sent[:RECENT]))
    found = [*about_parties.order_by("-created_at", "-id")[:RECENT], *of_campaigns]
    return sorted(found, key=lambda it: (it.created_at, it.pk), reverse=True)[:RECENT]
