"""Documents and their revisions: which bytes there were, in which order, how they look."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.kit.models import LockableModel, Searchable
from paraph.kit.search import SearchQuerySet
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee
from paraph.sales.models import Deal

from .templates import Template


class Documents(SearchQuerySet["Document"]):
    """The vocabulary of document lists."""

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Documents:
        """Those that the person may see, or do something else with."""
        return scope(self, person, Section.DOCUMENTS, right)


class DocumentSource(models.TextChoices):
    """Where a document comes from."""

    UPLOADED = "uploaded", _("Uploaded")
    GENERATED = "generated", _("Made from a template")


class Document(LockableModel, Searchable):
    """One file that travels: as it was uploaded, prepared, after each act, completed."""

    code = models.CharField(max_length=17, unique=True)  # kit.ids.document_id(): on every page
    title = models.CharField(_("title"), max_length=200)
    responsible = models.ForeignKey(Employee, models.PROTECT, related_name="documents")
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    # [[width, height], …] in points, as displayed (after /Rotate, inside the CropBox).
    pages = models.JSONField(default=list)
    was_signed = models.BooleanField(
        default=False
    )  # the upload carried signatures: never rewritten
    removed = models.JSONField(default=list)  # codes of what the canonical rewrite took out
    source = models.CharField(
        max_length=10, choices=DocumentSource.choices, default=DocumentSource.UPLOADED
    )
    template = models.ForeignKey(Template, models.PROTECT, null=True, related_name="documents")
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, related_name="documents")
    number = models.CharField(_("number"), max_length=80, blank=True)
    # Since it was sent: its bytes are those that the sender saw.
    frozen_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = Documents.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=["-created_at", "-id"], name="documents_newest_first"),)

    def __str__(self) -> str:
        return self.title

    @property
    def page_count(self) -> int:
        return len(self.pages)


class RevisionKind(models.TextChoices):
    """What made a revision."""

    UPLOADED = "uploaded", _("Uploaded")  # the bytes as they came
    ORIGINAL = "original", _("Original")  # after the canonical rewrite: what people see
    PREPARED = "prepared", _("Prepared")  # all fields laid, certified by the installation's seal
    ACT = "act", _("Act")
    STAMPED = "stamped", _("Time-stamped")  # from outside, after an act that had to go without
    # Of a file that came with signatures, which takes no page: signed by itself.
    CERTIFICATE = "certificate", _("Certificate of completion")
    COMPLETED = "completed", _("Completed")
    RENEWED = "renewed", _("Time stamp renewed")  # completed, with a fresh time stamp


class Revision(models.Model):
    """The bytes of a document at one moment; registered, so that /verify knows them by hash."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=RevisionKind.choices)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    plan = models.TextField(blank=True)  # sealing.model.Plan as JSON, from PREPARED on
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("document_id", "number")
        constraints = (
            models.UniqueConstraint(fields=["document", "number"], name="revisions_are_numbered"),
        )
