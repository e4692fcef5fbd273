"""What validators fetch from the installation that issued a certificate: no keys are needed."""

from django.http import Http404, HttpRequest, HttpResponse

from paraph.people.access import anyone
from paraph.signing import authority


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


def _sent(content: bytes | None, *, content_type: str) -> HttpResponse:
    if content is None:
        raise Http404
    return HttpResponse(content, content_type=content_type)
