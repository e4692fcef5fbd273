"""Templates: Word files with placeholders, and the built-in ones; their versions."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.kit.models import LockableModel
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee

from .. import shipped
from .numbers import Series


class TemplateKind(models.TextChoices):
    """What makes the document."""

    WORD = "word", _("Word file")
    BUILT_IN = "built-in", _("Built in")


class DocumentClass(models.TextChoices):
    """What a template makes."""

    INVOICE = "invoice", _("Invoice")
    CONTRACT = "contract", _("Agreement")
    OFFER = "offer", _("Offer")
    ACT = "act", _("Acceptance act")
    NDA = "nda", _("Non-disclosure agreement")
    OTHER = "other", _("Other")


class Templates(models.QuerySet["Template"]):
    """The vocabulary of template lists."""

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Self:
        """Those within the reach of the person's right to templates."""
        return scope(self, person, Section.TEMPLATES, right)

    def offered(self) -> Self:
        """Those that documents can be made from: in use, and with something to make them of."""
        return self.filter(is_active=True, is_usable=True)


class Template(LockableModel):
    """What documents are made from; a built-in one is named by ``built_in`` and needs no file."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=10, choices=TemplateKind.choices)
    built_in = models.CharField(max_length=30, blank=True, editable=False)
    # Empty: in the language of whoever receives it (built-in ones speak them all).
    language = models.CharField(
        _("language"), max_length=5, choices=settings.LANGUAGES, blank=True
    )
    document_class = models.CharField(
        _("makes"), max_length=10, choices=DocumentClass.choices, default=DocumentClass.OTHER
    )
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="templates",
        verbose_name=_("numbering"),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    is_usable = models.BooleanField(
        default=True, editable=False
    )  # its newest version has no fault
    responsible = models.ForeignKey(
        Employee, models.PROTECT, related_name="templates", verbose_name=_("responsible")
    )
    is_shared = models.BooleanField(_("available to everyone"), default=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    objects = Templates.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["built_in"],
                condition=~models.Q(built_in=""),
                name="a_built_in_template_once",
            ),
        )

    def __str__(self) -> str:
        own = shipped.TEMPLATES.get(self.built_in)
        return shipped.as_read(self.name, [own] if own else [])

    @property
    def is_word(self) -> bool:
        return self.kind == TemplateKind.WORD


class TemplateVersion(models.Model):
    """One file of a Word template, and what its check found."""

    template = models.ForeignKey(Template, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file_name = models.CharField(max_length=200)
    fields = models.JSONField(default=list)  # names of the placeholders in it
    # [{"code", "written", "where", "meant"}, …]: what its check complains of.
    problems = models.JSONField(default=list)
    added_by = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("template_id", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["template", "number"], name="template_versions_are_numbered"
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"
