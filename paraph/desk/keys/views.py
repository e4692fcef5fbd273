"""What everything here rests on: the root to compare, certificates, and time-stamp services."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.people.access import Right, Section, allow
from paraph.people.http import Request
from paraph.signing import trust_state
from paraph.signing.actions.time_sources import order_a_look


@allow(Section.SETTINGS, Right.VIEW)
def keys(request: Request) -> HttpResponse:
    """Show the root's fingerprint, the certificates with their ends, and who stamps the time."""
    at = request.received_at
    context = {
        "fingerprint": trust_state.fingerprint(),
        "certificates": trust_state.certificates(at=at),
        "seals": trust_state.company_seals(),
        "sources": trust_state.time_sources(),
        "level": trust_state.level(),
        "worries": trust_state.worries(at=at),
    }
    return render(request, "desk/keys/keys.html", context)


@require_POST
@allow(Section.SETTINGS, Right.EDIT)
def look(request: Request) -> HttpResponse:
    """Have the services outside and the issuers asked again."""
    order_a_look()
    messages.success(request, _("They are being asked. Come back in a moment."))
    return redirect("keys")
