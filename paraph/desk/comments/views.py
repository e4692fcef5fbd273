"""Comments are read, written, changed and taken back by whoever may see what they are about."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from paraph.comments import actions
from paraph.comments.mentions import offered
from paraph.comments.models import Comment, Subject, seen_by
from paraph.comments.queries import home_of
from paraph.comments.refusals import CannotComment
from paraph.people.access import signed_in
from paraph.people.http import Request

from .thread import thread_of


@signed_in
def thread(request: Request, noun: str, pk: int) -> HttpResponse:
    """Show everything that was written about a row."""
    return _page(request, _about(request, noun, pk))


@require_POST
@signed_in
def write(request: Request, noun: str, pk: int) -> HttpResponse:
    """Write about a row that one sees."""
    about, text = _about(request, noun, pk), request.POST.get("text", "")
    try:
        actions.write_comment(text, about=about, author=request.user, at=request.received_at)
    except CannotComment as refusal:
        return _page(request, about, refusal=refusal, text=text)
    return redirect(_back(request) or _address(about))


@signed_in
def colleagues(request: Request, noun: str, pk: int) -> HttpResponse:
    """Offer colleagues who can be mentioned here: only those who may read it."""
    subject, key = _about(request, noun, pk)
    typed = request.GET.get("q", "")
    found = offered(subject, key, typed=typed, by=request.user)
    context = {"people": found, "is_said": " " not in typed, "typed": typed}
    return render(request, "desk/comments/colleagues.html", context)


@signed_in
def edit(request: Request, pk: int) -> HttpResponse:
    """Say a comment of one's own otherwise."""
    comment, about = _own(request, pk)
    if request.method != "POST":
        return _page(request, about, editing=comment)
    text = request.POST.get("text", "")
    try:
        actions.edit_comment(comment, text=text, by=request.user, at=request.received_at)
    except CannotComment as refusal:
        return _page(request, about, refusal=refusal, text=text, editing=comment)
    return redirect(_address(about))


@require_POST
@signed_in
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take a comment of one's own back."""
    comment, about = _own(request, pk)
    actions.withdraw_comment(comment, by=request.user, at=request.received_at)
    return redirect(_address(about))


def _about(request: Request, noun: str, pk: int) -> tuple[Subject, int]:
    """Return the row's noun and key, if one may see it."""
    if noun not in Subject.values:
        raise Http404
    subject = Subject(noun)
    get_object_or_404(seen_by(request.user, subject), pk=pk)
    return subject, pk


def _own(request: Request, pk: int) -> tuple[Comment, tuple[Subject, int]]:
    comment = get_object_or_404(Comment, pk=pk, author=request.user)
    subject, key = home_of(comment)
    return comment, _about(request, subject.value, key)


def _address(about: tuple[Subject, int]) -> str:
    return reverse(f"{about[0].value}-detail", args=[about[1]])


def _back(request: Request) -> str:
    """Return the page of ours that somebody wrote on."""
    wanted = request.POST.get("back", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def _page(
    request: Request,
    about: tuple[Subject, int],
    *,
    refusal: CannotComment | None = None,
    text: str = "",
    editing: Comment | None = None,
) -> HttpResponse:
    subject, pk = about
    context = {
        **thread_of(request, subject.value, pk),
        "row": seen_by(request.user, subject).get(pk=pk),
        "back": _address(about),
        "problems": refusal.reasons if refusal else [],
        "text": text or (editing.text if editing else ""),
        "editing": editing,
    }
    return render(request, "desk/comments/page.html", context, status=422 if refusal else 200)
