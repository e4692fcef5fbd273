"""Groups of people across departments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.desk.timelines import timeline_of
from paraph.people.access import Right, Section, allow
from paraph.people.actions.groups import create_group, delete_group, edit_group
from paraph.people.http import Request
from paraph.people.models import Group

from .forms import GroupForm


@allow(Section.ACCESS, Right.VIEW)
def group_list(request: Request) -> HttpResponse:
    """Show the groups, their members, and the roles they carry."""
    groups = Group.objects.prefetch_related("members", "roles_given__role").order_by("name")
    return render(request, "desk/people/groups.html", {"groups": groups})


@allow(Section.ACCESS, Right.EDIT)
def create(request: Request) -> HttpResponse:
    """Add a group."""
    form = GroupForm(request.POST or None)
    if form.is_valid():
        create_group(
            form.cleaned_data["name"],
            members=form.cleaned_data["members"],
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, _("%s is there.") % form.cleaned_data["name"])
        return redirect("group-list")
    return _page(request, form, None)


@allow(Section.ACCESS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Rename a group, or change who is in it."""
    group = get_object_or_404(Group, pk=pk)
    initial = {"name": group.name, "members": group.members.all()}
    form = GroupForm(request.POST or None, initial=initial, group=group)
    if form.is_valid():
        edit_group(
            group,
            name=form.cleaned_data["name"],
            members=form.cleaned_data["members"],
            by=request.actor,
            at=request.received_at,
        )
        messages.success(request, _("%s is saved.") % group.name)
        return redirect("group-list")
    return _page(request, form, group)


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def delete(request: Request, pk: int) -> HttpResponse:
    """Delete a group; its members stay."""
    group = get_object_or_404(Group, pk=pk)
    name = group.name
    delete_group(group, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is gone.") % name)
    return redirect("group-list")


def _page(request: Request, form: GroupForm, group: Group | None) -> HttpResponse:
    timeline = timeline_of("group", group.pk) if group else []
    context = {"form": form, "group": group, "timeline": timeline}
    status = 422 if form.errors else 200
    return render(request, "desk/people/group.html", context, status=status)
