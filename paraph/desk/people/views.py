"""The list of people, one person with what they may do, and one's own profile."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from paraph.desk.access.wording import level_word
from paraph.desk.timelines import timeline_of
from paraph.people import queries
from paraph.people.access import Right, Section, allow, headed_by, signed_in
from paraph.people.actions.editing import edit_employee
from paraph.people.actions.roles import give_role
from paraph.people.http import Request
from paraph.people.models import Department, Employee, Role

from .forms import EmployeeForm, ProfileForm

PAGE_SIZE = 50


@allow(Section.ACCESS, Right.VIEW)
def employee_list(request: Request) -> HttpResponse:
    """Show who works here, who is invited, and who left."""
    search, state = request.GET.get("q", ""), request.GET.get("state", "")
    place = request.GET.get("department", "")
    department = Department.objects.filter(pk=place).first() if place.isdecimal() else None
    found = queries.people(search=search, state=state, department=department)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    kept = {"q": search, "state": state, "department": place}
    context = {
        "people": page.object_list,
        "count": page.paginator.count,
        "previous": page.has_previous() and _turned(kept, page.previous_page_number()),
        "next": page.has_next() and _turned(kept, page.next_page_number()),
        "search": search,
        "state": state,
        "states": states(),
        "department": department,
        "tree": queries.tree(),
    }
    part = "#rows" if request.htmx else ""
    return render(request, f"desk/people/list.html{part}", context)


@allow(Section.ACCESS, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show somebody: what is written about them, and what they may do through what."""
    person = _person(pk)
    effects = queries.effects_on(person)
    words = [(each, level_word(each.section, each.right, each.level)) for each in effects]
    context = {
        "person": person,
        "state": states()[person.state],
        "effects": [pair for pair in words if pair[0].level],
        "given": queries.given_to(person),
        "others": Role.objects.exclude(given__employee=person).order_by("pk"),
        "heads": Department.objects.filter(path__in=headed_by(person)),
        "timeline": timeline_of("employee", person.pk),
    }
    return render(request, "desk/people/detail.html", context)


@require_POST
@allow(Section.ACCESS, Right.EDIT)
def give(request: Request, pk: int) -> HttpResponse:
    """Give somebody a role."""
    person = _person(pk)
    asked = request.POST.get("role", "")
    role = get_object_or_404(Role, pk=asked if asked.isdecimal() else None)
    give_role(role, to=person, by=request.actor, at=request.received_at)
    said = {"whom": person, "role": role.title}
    messages.success(request, _("%(whom)s: “%(role)s” is given.") % said)
    return redirect("employee-detail", pk)


@allow(Section.ACCESS, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Edit what is written about somebody."""
    person = _person(pk)
    initial = {name: getattr(person, name) for name in EmployeeForm.base_fields}
    initial["department"] = person.department_id
    form = EmployeeForm(request.POST or None, initial=initial)
    if form.is_valid():
        edit_employee(person, form.cleaned_data, by=request.actor, at=request.received_at)
        messages.success(request, _("%s is saved.") % person.name)
        return redirect("employee-detail", pk)
    context = {"form": form, "person": person}
    return render(request, "desk/people/edit.html", context, status=422 if form.errors else 200)


@signed_in
def profile(request: Request) -> HttpResponse:
    """Let people write their own name, phone, position, language and time zone."""
    person = request.user
    initial = {name: getattr(person, name) for name in ProfileForm.base_fields}
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid():
        edit_employee(person, form.cleaned_data, by=request.actor, at=request.received_at)
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    status = 422 if form.errors else 200
    return render(request, "desk/people/profile.html", {"form": form}, status=status)


def _turned(kept: dict[str, str], number: int) -> str:
    return "?" + urlencode(kept | {"page": str(number)})


def states() -> dict[str, str]:
    """Return the words for what somebody can be here."""
    return {"active": _("Active"), "invited": _("Invited"), "left": _("Left")}


def _person(pk: int) -> Employee:
    rows = Employee.objects.select_related("department", "invitation")
    return get_object_or_404(rows, pk=pk)
