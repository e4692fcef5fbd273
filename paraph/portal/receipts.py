"""Where SMS providers tell what became of a message: each at an address that only it knows."""

import hmac

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from paraph.messaging import settling
from paraph.messaging.carriers import PROVIDERS
from paraph.messaging.carriers.receipts import (
    address_for,
    is_signed_by_twilio,
    key_for,
    receipts_in,
)
from paraph.people.access import anyone


@csrf_exempt
@require_http_methods(["GET", "POST"])
@anyone
def receive(request: HttpRequest, provider: str, key: str) -> HttpResponse:
    """Keep what the provider tells; a receipt of nothing we know is answered alike.

    Some providers tell by GET: the address holds a secret, and no page links to it.
    """
    if provider not in PROVIDERS or not hmac.compare_digest(key, key_for(provider)):
        raise Http404
    body = request.body  # read before the form, which leaves nothing of it
    told = request.POST or request.GET
    form = {name: str(told[name]) for name in told}
    if provider == "twilio" and not _is_twilios(request, form):
        raise Http404
    for receipt in receipts_in(provider, form, body):
        settling.keep_receipt(provider, receipt, at=timezone.now())
    return HttpResponse("OK", content_type="text/plain")


def _is_twilios(request: HttpRequest, form: dict[str, str]) -> bool:
    signature = request.headers.get("X-Twilio-Signature", "")
    return is_signed_by_twilio(address_for("twilio"), form, signature)
