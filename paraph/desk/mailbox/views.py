"""The Mailbox of a trial installation: messages as their recipients would read them."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from paraph.kit.search import Keyset
from paraph.messaging.models import Message
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.people.models import Installation

NEWEST_FIRST = Keyset(("created_at", "id"), descending=True)
PAGE_SIZE = 40


@allow(Section.SETTINGS, Right.VIEW)
def mailbox(request: Request) -> HttpResponse:
    """List the messages, the newest first; only those to one person if chosen."""
    recipient, cursor = request.GET.get("to", ""), request.GET.get("cursor")
    rows = _messages()
    if recipient:
        rows = rows.filter(recipient=recipient)
    page = NEWEST_FIRST.page(rows, cursor=cursor, size=PAGE_SIZE)
    context = {
        "page": page,
        "recipient": recipient,
        "next": page.next and "?" + urlencode({"to": recipient, "cursor": page.next}),
        "previous": page.previous and "?" + urlencode({"to": recipient, "cursor": page.previous}),
    }
    part = "#rows" if request.htmx else ""
    return render(request, f"desk/mailbox/list.html{part}", context)


@allow(Section.SETTINGS, Right.VIEW)
def message(request: Request, pk: int) -> HttpResponse:
    """Show one message with its links alive."""
    shown = get_object_or_404(_messages(), pk=pk)
    link = re.search(rf"{re.escape(settings.PARAPH_URL)}\S+", shown.text)
    context = {"message": shown, "link": link.group().rstrip(".,)") if link else ""}
    return render(request, "desk/mailbox/message.html", context)


def _messages() -> QuerySet[Message]:
    """Return what the Mailbox holds; there is one only in a trial."""
    if not Installation.here().is_trial:
        raise Http404
    return Message.objects.filter(provider="mailbox")
