"""The theme switch for browsers without script; with script the island sets the same cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from paraph.desk.templatetags.frame import THEME_COOKIE, THEMES
from paraph.people.access import anyone

ONE_YEAR = 365 * 24 * 60 * 60


@require_POST
@anyone
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember the theme in a cookie and go back to the page."""
    response = HttpResponseRedirect(_way_back(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        secure = request.is_secure()
        response.set_cookie(THEME_COOKIE, theme, max_age=ONE_YEAR, samesite="Lax", secure=secure)
    return response


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
    return address if is_ours else "/"
