"""What validators fetch from the installation that issued a certificate, and time stamps for
whoever asks: no keys are needed here."""

import base64
import binascii
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from paraph.people.access import anyone
from paraph.people.http import Request, address_of
from paraph.signing import authority, trust_services
from paraph.signing.integrity.pace import TooManyChecks, one_stamp

QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
LARGEST = trust_services.LARGEST_REQUEST


@anyone
def issuing(request: HttpRequest) -> HttpResponse:
    """Send the certificate that issues all others."""
    return _sent(authority.public("issuing"), content_type="application/pkix-cert")


@anyone
def root(request: HttpRequest) -> HttpResponse:
    """Send the root certificate as most programs that take a root want it."""
    return _sent(authority.public("root"), content_type="application/pkix-cert")


@anyone
def root_list(request: HttpRequest) -> HttpResponse:
    """Send the root's revocation list."""
    return _sent(authority.revocation_list(), content_type="application/pkix-crl")


@csrf_exempt
@require_http_methods(["GET", "POST"])
@anyone
def status(request: HttpRequest, question: str = "") -> HttpResponse:
    """Answer for a certificate (OCSP, RFC 6960): posted, or in the address as base64."""
    asked = _read(request) if request.method == "POST" else _from_address(question)
    answer = HttpResponse(
        trust_services.status_answer(asked), content_type="application/ocsp-response"
    )
    answer["Cache-Control"] = "no-cache"
    return answer


@csrf_exempt
@require_POST
@anyone
def time_stamp(request: Request) -> HttpResponse:
    """Stamp a digest (RFC 3161 over HTTP); so many in a minute for each network."""
    if request.content_type != QUERY:
        return HttpResponse(status=415)
    try:
        with one_stamp(address_of(request)):
            answer = trust_services.time_stamp(_read(request), at=request.received_at)
    except TooManyChecks:
        return HttpResponse(status=429)
    return HttpResponse(answer, content_type=REPLY)


def _read(request: HttpRequest) -> bytes:
    """The body, as far as a sensible request goes."""
    return request.read(LARGEST + 1)


def _from_address(question: str) -> bytes:
    try:
        return base64.b64decode(unquote(question), validate=True)
    except (ValueError, binascii.Error):
        return b""


def _sent(content: bytes | None, *, content_type: str) -> HttpResponse:
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=content_type)
