"""Templates: the list, one of them with its check and its versions, and what is done to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from paraph.desk.timelines import timeline_of
from paraph.documents import checking
from paraph.documents.actions import templating
from paraph.documents.converting import availability
from paraph.documents.models import Series, Template, TemplateVersion
from paraph.documents.refusals import CannotUse
from paraph.kit import files
from paraph.people.access import Right, Section, allow
from paraph.people.http import Request

from .forms import CardForm, DealForm, FileForm, NewTemplateForm, card_of


@allow(Section.TEMPLATES, Right.VIEW)
def template_list(request: Request) -> HttpResponse:
    """Show every template."""
    rows = Template.objects.visible_to(request.user).select_related("series", "responsible")
    newest = Prefetch("versions", TemplateVersion.objects.order_by("template_id", "-number"))
    counted = rows.prefetch_related(newest).annotate(made=Count("documents"))
    context = {
        "templates": counted.order_by("-is_active", "document_class", "name"),
        "office": availability(),
        "here": "template-list",
    }
    return render(request, "desk/document_templates/list.html", context)


@allow(Section.TEMPLATES, Right.CREATE)
def create(request: Request) -> HttpResponse:
    """Take in a Word file as a template, and show what its check found."""
    initial = {"responsible": request.user.pk, "language": request.user.language}
    is_sent = request.method == "POST"
    form = NewTemplateForm(request.POST, request.FILES) if is_sent else None
    form = form or NewTemplateForm(initial=initial)
    if form.is_valid():
        try:
            template = templating.create_template(
                form.card(),
                form.upload(),
                person=request.user,
                by=request.actor,
                at=request.received_at,
            )
            return redirect("template-detail", template.pk)
        except CannotUse as refused:
            form.add_error("file", refused.reasons)
    context = {"form": form, "office": availability(), "here": "template-list"}
    status = 422 if form.errors else 200
    return render(request, "desk/document_templates/create.html", context, status=status)


@allow(Section.TEMPLATES, Right.VIEW)
def detail(request: Request, pk: int) -> HttpResponse:
    """Show a template: what its check found, its versions, what happened to it."""
    template = _template(request, pk)
    return render(request, "desk/document_templates/detail.html", _context(request, template))


@allow(Section.TEMPLATES, Right.EDIT)
def edit(request: Request, pk: int) -> HttpResponse:
    """Change what is written about a template."""
    template = _template(request, pk, Right.EDIT)
    form = CardForm(request.POST or None, initial=card_of(template))
    if form.is_valid():
        at = request.received_at
        templating.edit_template(template, form.card(template), by=request.actor, at=at)
        messages.success(request, _("%s is saved.") % template)
        return redirect("template-detail", pk)
    context = {"template": template, "form": form, "here": "template-list"}
    status = 422 if form.errors else 200
    return render(request, "desk/document_templates/edit.html", context, status=status)


@allow(Section.TEMPLATES, Right.EDIT)
def add_version(request: Request, pk: int) -> HttpResponse:
    """Give a template a newer file."""
    template = _template(request, pk, Right.EDIT)
    if not template.is_word:
        raise Http404
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload, at = form.upload(), request.received_at
            templating.add_version(template, upload, person=request.user, by=request.actor, at=at)
            return redirect("template-detail", pk)
        except CannotUse as refused:
            form.add_error("file", refused.reasons)
    context = _context(request, template) | {"file_form": form}
    status = 422 if form.errors else 200
    return render(request, "desk/document_templates/detail.html", context, status=status)


@allow(Section.TEMPLATES, Right.DELETE)
def delete(request: Request, pk: int) -> HttpResponse:
    """Ask first; then delete a template of which nothing was made."""
    template = _template(request, pk, Right.DELETE)
    if request.method == "POST":
        templating.delete_template(template, by=request.actor, at=request.received_at)
        messages.success(request, _("“%s” is deleted.") % template)
        return redirect("template-list")
    context = {
        "title": _("Delete “%s”?") % template,
        "text": _("Its file and its earlier versions go with it. This cannot be undone."),
        "label": _("Delete"),
        "back": reverse("template-detail", args=[pk]),
    }
    return render(request, "desk/confirm.html", context)


@allow(Section.TEMPLATES, Right.VIEW)
def download(request: Request, pk: int, number: int) -> FileResponse:
    """Send the file of a version."""
    template = _template(request, pk)
    version = get_object_or_404(template.versions, number=number)
    file = files.open_file(version.sha256)
    return FileResponse(file, as_attachment=True, filename=version.file_name)


def _template(request: Request, pk: int, right: Right = Right.VIEW) -> Template:
    rows = Template.objects.visible_to(request.user, right)
    return get_object_or_404(rows.select_related("series", "responsible"), pk=pk)


def _context(request: Request, template: Template) -> dict[str, Any]:
    versions = list(template.versions.select_related("added_by"))
    problems = versions[0].problems if versions else []
    rights = (Right.EDIT, Right.DELETE)
    mine = Template.objects
    return {
        "template": template,
        "versions": versions,
        "problems": [_shown(problem) for problem in problems],
        "file_form": FileForm(),
        "try_form": DealForm(person=request.user),
        "office": availability(),
        "timeline": timeline_of("template", template.pk),
        "made": template.documents.count(),
        "series": Series.objects.count(),
        "allowed": [
            right
            for right in rights
            if mine.visible_to(request.user, right).filter(pk=template.pk).exists()
        ],
        "here": "template-list",
    }


def _shown(problem: checking.Problem) -> dict[str, str]:
    """Return a problem in words: what is written, what is wrong, what was meant, where."""
    braced = checking.braced(problem["written"])
    is_whole = problem["code"] not in {"open-brace", "unknown-modifier"}
    meant = problem["meant"]
    return {
        "written": problem["written"] if problem["code"] == "open-brace" else braced,
        "sentence": checking.sentence(problem),
        "meant": checking.braced(meant) if is_whole else meant,
        "place": checking.place(problem),
        "text": problem["text"],
    }
