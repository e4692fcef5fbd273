"""The Mailbox of a trial installation: messages as their recipients would read them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Max, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from paraph.kit.paging import Keyset
from paraph.messaging.carriers import MAILBOX
from paraph.messaging.models import Message
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.people.models import Installation

NEWEST_FIRST = Keyset(("created_at", "id"), descending=True)
PAGE_SIZE = 40
MOST_RECIPIENTS = 8
# E-mails are styled inline, because mail programs read nothing else; they may do nothing more.
LETTER_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
        "base-uri 'self'; form-action 'none'; frame-ancestors 'self'"
    ),
    "X-Frame-Options": "SAMEORIGIN",
}


@dataclass(frozen=True)
class Letter:
    """A message with what its reader looks for in it: the code, or the link to follow."""

    message: Message
    code: str
    link: str


@allow(Section.SETTINGS, Right.VIEW)
def mailbox(request: Request) -> HttpResponse:
    """List the messages, the newest first; a poll answers 204 while nothing came."""
    recipient, cursor = request.GET.get("to", ""), request.GET.get("cursor")
    rows = _messages()
    newest = rows.aggregate(newest=Max("id"))["newest"] or 0
    if request.htmx and request.GET.get("seen") == str(newest):
        return HttpResponse(status=204)
    shown = rows.filter(recipient=recipient) if recipient else rows
    page = NEWEST_FIRST.page(shown, cursor=cursor, size=PAGE_SIZE)
    context = {
        "page": page,
        "letters": [_letter(message) for message in page.rows],
        "recipient": recipient,
        "recipients": [] if request.htmx else _recipients(rows),
        "poll": urlencode({"to": recipient, "cursor": cursor or "", "seen": newest}),
        "next": page.next and "?" + urlencode({"to": recipient, "cursor": page.next}),
        "previous": page.previous and "?" + urlencode({"to": recipient, "cursor": page.previous}),
    }
    part = "#rows" if request.htmx else ""
    return render(request, f"desk/mailbox/list.html{part}", context)


@allow(Section.SETTINGS, Right.VIEW)
def message(request: Request, pk: int) -> HttpResponse:
    """Show one message with its link alive and its code ready to be copied."""
    shown = get_object_or_404(_messages(), pk=pk)
    theirs = _messages().filter(recipient=shown.recipient)
    context = {
        "message": shown,
        "letter": _letter(shown),
        "newer": theirs.filter(pk__gt=pk).order_by("pk").first(),
        "older": theirs.filter(pk__lt=pk).order_by("-pk").first(),
    }
    return render(request, "desk/mailbox/message.html", context)


@allow(Section.SETTINGS, Right.VIEW)
def letter(request: Request, pk: int) -> HttpResponse:
    """Send the designed form of an e-mail, for the frame on its page; its links open outside."""
    html = get_object_or_404(_messages().exclude(html=""), pk=pk).html
    framed = html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(framed, headers=LETTER_HEADERS)


def _messages() -> QuerySet[Message]:
    """Return what the Mailbox holds; there is one only in a trial."""
    if not Installation.here().is_trial:
        raise Http404
    return Message.objects.filter(provider=MAILBOX)


def _letter(message: Message) -> Letter:
    code = re.search(r"\b\d{6}\b", message.text) if message.is_secret else None
    link = re.search(rf"{re.escape(settings.PARAPH_URL)}\S+", message.text)
    return Letter(
        message,
        code=code.group() if code else "",
        link=link.group().rstrip(".,)") if link else "",
    )


def _recipients(rows: QuerySet[Message]) -> Sequence[Mapping[str, object]]:
    """Return to whom was written last, to choose one person's messages."""
    people = rows.values("recipient", "recipient_name").annotate(newest=Max("id"))
    return list(people.order_by("-newest")[:MOST_RECIPIENTS])
