"""Inviting people, and the door through which who was invited comes in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from paraph.people.access import Right, Section, allow, anyone
from paraph.people.actions.inviting import (
    accept_invitation,
    invite_employee,
    invited_by_token,
    renew_invitation,
    withdraw_invitation,
)
from paraph.people.http import Request
from paraph.people.models import Employee
from paraph.people.refusals import EmailTaken, InvitationOver

from .forms import InvitationForm, WelcomeForm

PASSWORDS = "paraph.people.backends.ByPassword"


@allow(Section.ACCESS, Right.EDIT)
def invite(request: Request) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = InvitationForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        new, roles = form.new(), form.roles_chosen()
        try:
            invite_employee(new, roles=roles, by=request.actor, at=request.received_at)
        except EmailTaken as taken:
            form.add_error("email", str(taken))
        else:
            messages.success(request, _("%s has got a letter with a link.") % new.email)
            return redirect("employee-list")
    status = 422 if form.errors else 200
    return render(request, "desk/people/invite.html", {"form": form}, status=status)


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def renew(request: Request, pk: int) -> HttpResponse:
    """Write again; also to somebody who left and comes back."""
    person = get_object_or_404(Employee, pk=pk)
    renew_invitation(person, by=request.actor, at=request.received_at)
    messages.success(request, _("%s has got a new letter. Older links open nothing.") % person)
    return redirect("employee-detail", pk)


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Let an invitation open nothing any more."""
    person = get_object_or_404(Employee, pk=pk)
    withdraw_invitation(person, by=request.actor, at=request.received_at)
    messages.success(request, _("The invitation of %s opens nothing any more.") % person.email)
    return redirect("employee-list")


@anyone
@never_cache
def welcome(request: Request, token: str) -> HttpResponse:
    """Ask who was invited for a name and a password, and let them in; a GET uses nothing up."""
    try:
        person = invited_by_token(token, at=request.received_at)
    except InvitationOver as over:
        context = {"over": over}
        return render(request, "desk/people/welcome_over.html", context, status=over.status)
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) and get_language()
    with override(chosen or person.language):
        return _door(request, person, token)


def _door(request: Request, person: Employee, token: str) -> HttpResponse:
    names = ("first_name", "last_name", "time_zone")
    initial = {name: getattr(person, name) for name in names} | {"language": get_language()}
    form = WelcomeForm(request.POST or None, initial=initial, person=person)
    if form.is_valid():
        person = accept_invitation(token, form.acceptance(), at=request.received_at)
        login(request, person, backend=PASSWORDS)
        return redirect("start")
    context = {"form": form, "person": person}
    status = 422 if form.errors else 200
    return render(request, "desk/people/welcome.html", context, status=status)
