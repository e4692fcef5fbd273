"""The gallery at /styleguide/: every component once, in both themes, on any screen."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from paraph.people.access import signed_in
from paraph.people.http import Request

from .forms import SampleChoice, SampleForm

STATUSES = [
    *("draft", "sent", "closing", "completed", "declined", "expired", "cancelled"),
    *("waiting", "asked", "opened", "signed", "attention"),
    *("queued", "delivered", "bounced", "failed"),
]


@signed_in
def gallery(request: Request) -> HttpResponse:
    """Show each component with the words of a signing desk."""
    context = {
        "statuses": STATUSES,
        "steps": steps(),
        "form": SampleForm(),
        "choice": SampleChoice(),
        "refused_form": SampleForm({"name": "Erin Ó Briain", "email": "erin@", "language": "en"}),
        "at": request.received_at,
    }
    return render(request, "desk/styleguide/gallery.html", context)


def steps() -> list[dict[str, str]]:
    """Return the four steps of preparing a document, the third one current."""
    return [
        {"label": _("Document"), "state": "done", "url": "#steps"},
        {"label": _("Parties"), "state": "done", "url": "#steps"},
        {"label": _("Fields"), "state": "current", "url": ""},
        {"label": _("Send"), "state": "ahead", "url": ""},
    ]
