"""Templates are added, changed, given newer files and deleted here."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.contacts.rules import changes
from paraph.journal.actors import SYSTEM, Actor
from paraph.kit import db, files
from paraph.people.models import Employee

from ..checking import is_usable, names_in, problems_in
from ..choices import TemplateCard
from ..events import TemplateCreated, TemplateDeleted, TemplateEdited, TemplateVersionAdded
from ..gathering import known_names
from ..intake import Upload
from ..making import look_at
from ..models import Template, TemplateKind, TemplateVersion
from ..refusals import CannotDeleteTemplate, CannotSaveTemplate

_WRITTEN = [field.name for field in fields(TemplateCard)]


def create_template(
    card: TemplateCard, upload: Upload, *, person: Employee, by: Actor, at: datetime
) -> Template:
    """Add a Word template; one with faults is kept, and not offered until they are mended."""
    version = _looked_at(upload, person=person, at=at)
    template = Template(kind=TemplateKind.WORD, created_at=at)
    _keep_template(template, card, version, by=by, at=at)
    return template


def add_version(
    template: Template, upload: Upload, *, person: Employee, by: Actor, at: datetime
) -> TemplateVersion:
    """Give a template a newer file; documents that were made keep the one they were made of."""
    version = _looked_at(upload, person=person, at=at)
    _keep_version(template, version, by=by, at=at)
    return version


@db.transaction
def edit_template(template: Template, card: TemplateCard, *, by: Actor, at: datetime) -> None:
    """Replace what is written about a template; nothing is recorded when nothing changed."""
    template.lock()
    kept = Template.objects.select_related("responsible", "series").get(pk=template.pk)
    _write(template, card, at=at)
    template.save()
    if changed := changes(kept, template, fields=_WRITTEN):
        edited = TemplateEdited(template_id=template.pk, changes=changed)
        journal.record(edited, by=by, at=at)


@db.transaction
def delete_template(template: Template, *, by: Actor, at: datetime) -> None:
    """Delete a template of which no document was made."""
    template.lock()
    if template.built_in:
        raise CannotDeleteTemplate(_("A built-in template stays. Take it out of use instead."))
    if template.documents.exists():
        raise CannotDeleteTemplate(
            _("Documents were made of “%s”. Take it out of use instead.") % template.name
        )
    deleted = TemplateDeleted(template_id=template.pk, title=template.name)
    template.delete()
    journal.record(deleted, by=by, at=at)


@db.transaction
def hand_over_templates(leaver: Employee, *, heir: Employee, at: datetime) -> None:
    """Give the heir the templates of somebody who left; there are few."""
    for template in Template.objects.select_for_update().filter(responsible=leaver):
        template.responsible = heir
        template.save(update_fields=["responsible"])
        handed = {"responsible": [leaver.name, heir.name]}
        journal.record(TemplateEdited(template_id=template.pk, changes=handed), by=SYSTEM, at=at)


def _looked_at(upload: Upload, *, person: Employee, at: datetime) -> TemplateVersion:
    """Check a file in the sandbox and store its tamed copy; opened nowhere else."""
    looked = look_at(upload)
    return TemplateVersion(
        sha256=files.put(looked.content),
        size=len(looked.content),
        file_name=upload.name[:200],
        fields=names_in(looked),
        problems=problems_in(looked, known_names()),
        added_by=person,
        added_at=at,
    )


@db.transaction
def _keep_template(
    template: Template, card: TemplateCard, version: TemplateVersion, *, by: Actor, at: datetime
) -> None:
    _write(template, card, at=at)
    template.save()
    created = TemplateCreated(template_id=template.pk, title=template.name)
    journal.record(created, by=by, at=at)
    _number(template, version, by=by, at=at)


@db.transaction
def _keep_version(
    template: Template, version: TemplateVersion, *, by: Actor, at: datetime
) -> None:
    template.lock()
    template.edited_at = at
    _number(template, version, by=by, at=at)


@db.transaction_required
def _number(template: Template, version: TemplateVersion, *, by: Actor, at: datetime) -> None:
    newest = template.versions.first()
    version.template, version.number = template, newest.number + 1 if newest else 1
    version.save()
    template.is_usable = is_usable(version.problems)
    template.save(update_fields=["is_usable", "edited_at"])
    added = TemplateVersionAdded(
        template_id=template.pk,
        number=version.number,
        file_name=version.file_name,
        sha256=version.sha256,
        problems=len(version.problems),
    )
    journal.record(added, by=by, at=at)


def _write(template: Template, card: TemplateCard, *, at: datetime) -> None:
    if not card.name.strip():
        raise CannotSaveTemplate(_("Give the template a name."))
    for name in _WRITTEN:
        setattr(template, name, getattr(card, name))
    template.edited_at = at
