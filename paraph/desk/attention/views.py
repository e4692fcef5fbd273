"""One's digest, the link that stops it, and the days after which a document stands out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from paraph.digests.actions import arrange_digest, change_attention, switch_digest
from paraph.digests.messages import reader_of
from paraph.digests.queries import digest_of
from paraph.people.access import Right, Section, allow, anyone, signed_in
from paraph.people.http import Request
from paraph.people.models import Employee
from paraph.signing.attention import Attention
from paraph.signing.models import AttentionRule

from .forms import DigestForm, RuleForm

ONE_CLICK = "List-Unsubscribe"


@signed_in
def digest(request: Request) -> HttpResponse:
    """Let people choose when they hear of what needs them, and of what."""
    kept = digest_of(request.user)
    initial = {name: getattr(kept, name) for name in ("is_on", "hour", "with_team")}
    initial["kinds"] = kept.kinds or Attention.values
    form = DigestForm(request.POST or None, initial=initial)
    if form.is_valid():
        arrange_digest(request.user, **form.cleaned_data)
        messages.success(request, _("Your digest is arranged."))
        return redirect("digest")
    status = 422 if form.errors else 200
    return render(request, "desk/attention/digest.html", {"form": form}, status=status)


@csrf_exempt
@anyone
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: Request, token: str) -> HttpResponse:
    """Offer to stop the digest; do it on POST, at once and without cookies (RFC 8058).

    Looking at the page changes nothing: scanners and previews open links.
    """
    pk = reader_of(token)
    if pk is None:
        raise Http404
    person = get_object_or_404(Employee, pk=pk, is_active=True)
    if request.method == "POST":
        switch_digest(person, is_on="back" in request.POST)
        if ONE_CLICK in request.POST:
            return HttpResponse()
    with translation.override(person.language):
        context = {"is_on": digest_of(person).is_on, "is_done": request.method == "POST"}
        return render(request, "desk/attention/stop.html", {"token": token, **context})


@allow(Section.SETTINGS, Right.EDIT)
def rule(request: Request) -> HttpResponse:
    """Settle for everybody after how many days a document stands out."""
    kept = AttentionRule.here()
    names = ("near_days", "unread_days", "unfinished_days")
    initial = {name: getattr(kept, name) for name in names}
    initial["kinds"] = kept.kinds or Attention.values
    form = RuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        change_attention(**form.cleaned_data)
        messages.success(request, _("Saved. Lists and cards follow at once."))
        return redirect("attention-rule")
    status = 422 if form.errors else 200
    return render(request, "desk/attention/rule.html", {"form": form}, status=status)
