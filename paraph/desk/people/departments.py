"""The tree of departments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.desk.timelines import timeline_of
from paraph.people import queries
from paraph.people.access import Right, Section, allow
from paraph.people.actions.departments import (
    create_department,
    delete_department,
    edit_department,
)
from paraph.people.http import Request
from paraph.people.models import Department

from .forms import DepartmentForm


@allow(Section.ACCESS, Right.VIEW)
def department_list(request: Request) -> HttpResponse:
    """Show the tree, with heads and how many people belong to each."""
    return render(request, "desk/people/departments.html", {"tree": queries.tree()})


@allow(Section.ACCESS, Right.EDIT)
def create(request: Request) -> HttpResponse:
    """Add a department."""
    form = DepartmentForm(request.POST or None, initial={"parent": request.GET.get("below")})
    if form.is_valid():
        create_department(form.branch(), by=request.actor, at=request.received_at)
        messages.success(request, _("%s is there.") % form.cleaned_data["name"])
        return redirect("department-list")
    return _page(request, form, None)


@allow(Section.ACCESS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Rename or move a department, or give it a head."""
    department = get_object_or_404(Department, pk=pk)
    initial = {
        "name": department.name,
        "parent": department.parent_id,
        "head": department.head_id,
    }
    form = DepartmentForm(request.POST or None, initial=initial)
    if form.is_valid():
        branch = form.branch()
        edit_department(department, branch, by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % department.name)
        return redirect("department-list")
    return _page(request, form, department)


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def delete(request: Request, pk: int) -> HttpResponse:
    """Delete a department that nobody belongs to."""
    department = get_object_or_404(Department, pk=pk)
    name = department.name
    delete_department(department, by=request.actor, at=request.received_at)
    messages.success(request, _("%s is gone.") % name)
    return redirect("department-list")


def _page(request: Request, form: DepartmentForm, department: Department | None) -> HttpResponse:
    timeline = timeline_of("department", department.pk) if department else []
    context = {"form": form, "department": department, "timeline": timeline}
    status = 422 if form.errors else 200
    return render(request, "desk/people/department.html", context, status=status)
