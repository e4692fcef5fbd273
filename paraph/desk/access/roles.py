"""One role: its name, whom it is given to, and its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.desk.timelines import timeline_of
from paraph.people.access import Right, Section, allow
from paraph.people.actions.roles import (
    create_role,
    delete_role,
    give_role,
    rename_role,
    take_role,
)
from paraph.people.http import Request
from paraph.people.models import Role, RoleGiven

from .forms import RecipientForm, RoleForm


@allow(Section.ACCESS, Right.EDIT)
def create(request: Request) -> HttpResponse:
    """Add a role, empty or as a copy of another."""
    form = RoleForm(request.POST or None, initial={"copy_of": request.GET.get("copy_of")})
    if form.is_valid():
        name, model = form.cleaned_data["name"], form.cleaned_data["copy_of"]
        role = create_role(name, copy_of=model, by=request.actor, at=request.received_at)
        messages.success(request, _("“%s” is there. Now say what it may do.") % role.title)
        return redirect(f"{reverse('access')}?role={role.pk}")
    status = 422 if form.errors else 200
    return render(request, "desk/access/create.html", {"form": form}, status=status)


@allow(Section.ACCESS, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show whom a role is given to, and what happened to it."""
    role = get_object_or_404(Role, pk=pk)
    return _page(request, role, RecipientForm())


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def rename(request: Request, pk: int) -> HttpResponse:
    """Give a role another name."""
    role = get_object_or_404(Role, pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["name"]
        rename_role(role, name=name, by=request.actor, at=request.received_at)
        messages.success(request, _("The role is called “%s” now.") % name)
    else:
        messages.error(request, _("Write how the role is called."))
    return redirect("role-detail", pk)


@allow(Section.ACCESS, Right.EDIT)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask, naming who loses it; then take the role away."""
    role = get_object_or_404(Role, pk=pk)
    given = _given(role)
    if request.method == "POST":
        delete_role(role, by=request.actor, at=request.received_at)
        messages.success(request, _("The role “%s” is gone.") % role.title)
        return redirect("access")
    return render(request, "desk/access/delete.html", {"role": role, "given": given})


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def give(request: Request, pk: int) -> HttpResponse:
    """Give a role to a person, a department or a group."""
    role = get_object_or_404(Role, pk=pk)
    form = RecipientForm(request.POST)
    if not form.is_valid():
        return _page(request, role, form)
    to = form.recipient()
    give_role(role, to=to, by=request.actor, at=request.received_at)
    said = {"whom": to, "role": role.title}
    messages.success(request, _("%(whom)s: “%(role)s” is given.") % said)
    return redirect("role-detail", pk)


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def take(request: Request, pk: int) -> HttpResponse:
    """Take a role back from one recipient."""
    rows = RoleGiven.objects.select_related("role", "employee", "department", "group")
    given = get_object_or_404(rows, pk=pk)
    said = {"whom": given.recipient, "role": given.role.title}
    take_role(given, by=request.actor, at=request.received_at)
    messages.success(request, _("%(whom)s: “%(role)s” is taken back.") % said)
    if "from_person" in request.POST and given.employee_id:
        return redirect("employee-detail", given.employee_id)
    return redirect("role-detail", given.role_id)


def _page(request: Request, role: Role, form: RecipientForm) -> HttpResponse:
    context = {
        "role": role,
        "given": _given(role),
        "form": form,
        "rename": RoleForm(initial={"name": role.title}),
        "timeline": timeline_of("role", role.pk),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/access/role.html", context, status=status)


def _given(role: Role) -> list[RoleGiven]:
    return list(role.given.select_related("employee", "department", "group").order_by("pk"))
