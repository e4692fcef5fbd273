"""What every request passes: when it came, who acts, and how a refusal is told."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain
from urllib.parse import urlsplit

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone, translation

from paraph.journal.actors import Actor
from paraph.kit.errors import Refused
from paraph.kit.plain import straight

from .http import Request
from .models import Employee, Installation

Answer = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]
NUL = b"\\u0000"  # as JSON writes it


class ReceivedMiddleware:
    """Sets ``request.received_at``: the one clock that actions see."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.received_at = datetime.now(UTC)
        return self.get_response(request)


class PlainTextMiddleware:
    """Refuses what no text may hold: PostgreSQL keeps no NUL, and nobody types one.

    Signs that turn the order of letters around come with pasted text; they are taken out, lest
    a title reads otherwise than it is kept.
    It stands behind the one that guards forms, which has read the form already.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Sequence[str], kwargs: Mapping[str, str]
    ) -> None:
        has_nul = any("\0" in text for text in _texts(request, is_read=_is_guarded(view)))
        if has_nul or (request.content_type == "application/json" and NUL in request.body):
            raise BadRequest("A NUL stands in the request.")
        if request.method == "POST" and _is_guarded(view):
            _straighten(request)


def _texts(request: HttpRequest, *, is_read: bool) -> Iterator[str]:
    """Yield what was sent; a form with files only where it was read, since others want it raw."""
    is_multipart = request.content_type == "multipart/form-data"
    forms = [request.GET] if is_multipart and not is_read else [request.GET, request.POST]
    yield request.path_info
    yield from request.COOKIES.values()
    for form in forms:
        for name, values in form.lists():
            yield from (name, *values)


def _straighten(request: HttpRequest) -> None:
    form = request.POST.copy()
    for name, values in request.POST.lists():
        form.setlist(name, [straight(value) for value in values])
    request.POST = form  # type: ignore[assignment]  # a copy may be changed, nothing else differs
    for file in chain.from_iterable(files for _, files in request.FILES.lists()):
        file.name = straight(file.name or "")


def _is_guarded(view: View) -> bool:
    return not getattr(view, "csrf_exempt", False)


class PersonMiddleware:
    """Sets ``request.actor``, the signed-in person's language and time zone, and that no page
    of theirs is stored."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        person: object = request.user  # nobody is known on some pages
        if not isinstance(person, Employee):
            request.actor = Actor("system", None, "")
            return self.get_response(request)

        request.actor = person.actor
        with timezone.override(person.time_zone), translation.override(person.language):
            answer = self.get_response(request)
        # What one person may see does not stay in the browser for the next one.
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer


class SeenMiddleware(UserSessionsMiddleware):  # type: ignore[misc]  # allauth has no types
    """Notes where people are signed in once a minute, so that a look at a page writes nothing."""

    EVERY = timedelta(minutes=1)
    MOST = 10_000

    def __init__(self, get_response: Answer) -> None:
        super().__init__(get_response)
        self.get_response: Answer = get_response
        self.noted: dict[tuple[str, ...], datetime] = {}

    def __call__(self, request: Request) -> HttpResponse:
        browser = (
            request.session.session_key or "",
            request.META.get("REMOTE_ADDR", ""),
            request.headers.get("X-Forwarded-For", ""),
            request.headers.get("User-Agent", ""),
        )
        at = request.received_at
        before = self.noted.get(browser)
        if before and before <= at < before + self.EVERY:
            return self.get_response(request)
        if len(self.noted) >= self.MOST:
            self.noted.clear()
        if request.user.is_authenticated:
            self.noted[browser] = at
        noted: HttpResponse = super().__call__(request)
        return noted


class RefusalMiddleware:
    """Tells a refusal in words: on the page it came from, in an htmx fragment, or as a problem."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, refused: Exception) -> HttpResponse | None:
        if not isinstance(refused, Refused):
            return None
        if request.path.startswith("/api/"):
            return _problem(refused)
        if request.headers.get("HX-Request"):
            return _fragment(request, refused)
        if request.method == "POST" and (back := _page_before(request)):
            for reason in refused.reasons:
                messages.error(request, reason)
            return HttpResponseRedirect(back)
        return render(request, "409.html", {"refused": refused}, status=refused.status)


def _problem(refused: Refused) -> HttpResponse:
    body = {"title": refused.code, "detail": " ".join(refused.reasons), "code": refused.code}
    return JsonResponse(
        body | {"status": refused.status},
        status=refused.status,
        content_type="application/problem+json",
    )


def _fragment(request: HttpRequest, refused: Refused) -> HttpResponse:
    response = render(request, "refusal.html", {"refused": refused}, status=refused.status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "innerHTML"
    return response


def _page_before(request: HttpRequest) -> str:
    """Return the path of the page that posted, if it is one of ours."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if referer.netloc != request.get_host():
        return ""
    path = "/" + referer.path.lstrip("/")  # two slashes would lead to another host
    return f"{path}?{referer.query}" if referer.query else path


class SetUpMiddleware:
    """Until the installation is set up, every page leads to set-up."""

    OPEN = ("/set-up/", "/static/", "/language/")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.is_set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.is_set_up or request.path.startswith(self.OPEN):
            return self.get_response(request)
        if not Installation.objects.filter(set_up_at__isnull=False).exists():
            return HttpResponseRedirect("/set-up/")
        self.is_set_up = True
        return self.get_response(request)
