"""What belongs to the frame itself: the theme switch without script, and the page for nothing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.defaults import page_not_found

from paraph.desk.templatetags.frame import THEME_COOKIE, THEMES
from paraph.people.access import anyone
from paraph.people.models import Employee

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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, with the menu around it for those who work here."""
    is_part = getattr(request, "htmx", False)
    if is_part or not isinstance(getattr(request, "user", None), Employee):
        return page_not_found(request, exception)
    return render(request, "desk/not_found.html", status=404)
