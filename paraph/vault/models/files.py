"""Signed files and their words: what the vault's list shows, and how it is searched."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.db.models.sql import Query
from django.utils.translation import gettext_lazy as _

from paraph.documents.models import Document, DocumentClass
from paraph.kit.ids import format_document_id
from paraph.kit.models import LockableModel
from paraph.kit.search import SearchQuerySet
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.sales.queries import seen_deal
from paraph.signing.models import Envelope, Party

from .. import index
from ..words import Sought
from .holds import Hold, is_on_hold


class SignedFiles(SearchQuerySet["SignedFile"]):
    """The vocabulary of the vault's list."""

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> SignedFiles:
        """Those within the reach of the person's right to the vault."""
        return scope(self, person, Section.VAULT, right)

    def naming_deals(self, person: Employee) -> SignedFiles:
        """Have each file say what its deal is called, if the person sees the deal."""
        return self.annotate(deal_title=seen_deal(person))

    def matching(self, text: str, *, one_by_one: bool = False) -> Self:
        """Keep those whose title, parties or pages have every word, or a word beginning so.

        ``one_by_one`` looks into the words of each: for a few rows that were found otherwise.
        """
        sought = Sought(text)
        if not sought.parts:
            return self.none()
        if one_by_one:
            return self.filter(Exists(FullText.holding(sought).filter(file=OuterRef("pk"))))
        return self.filter(pk__in=index.keys_of(sought, using=self.db))

    def first_keys(self, text: str, *, most: int) -> list[int] | None:
        """Return keys of files that have every word, straight from the index."""
        sought = Sought(text)
        return index.first_keys(sought, most=most, using=self.db) if sought.parts else []

    def words_of(self, text: str) -> list[str]:
        """Return no word: none is too short for this index, whatever has its keys fits."""
        return []

    def picked(self, text: str) -> None:
        """Return nothing: the words of files have an index of their own, which leads."""

    def held(self) -> Self:
        """Keep those on hold: themselves, their envelope, or somebody in it."""
        return self.filter(is_on_hold())

    def completed_before(self, moment: datetime) -> Self:
        return self.filter(completed_at__lt=moment)


class _Keeping(models.Manager["SignedFile"]):
    """Every signed file comes with the knowledge whether it is on hold."""

    def get_queryset(self) -> models.QuerySet[SignedFile]:
        rows = super().get_queryset()
        rows.query = _with_holds().chain()
        return rows


class _Begun(threading.local):
    """Where each thread keeps its own: to write a question down counts within it."""

    query: Query | None = None


_begun = _Begun()


def _with_holds() -> Query:
    """Return the question with which all others begin: a list asks for its rows eight times."""
    if _begun.query is None:
        _begun.query = _told_of_holds()
    return _begun.query


def _told_of_holds() -> Query:
    parties = Party.objects.filter(contact__holds__isnull=False)
    held = (
        Exists(Hold.objects.filter(document=OuterRef("document")))
        | Exists(Hold.objects.filter(envelope=OuterRef("envelope")))
        | Exists(parties.filter(envelope=OuterRef("envelope")))
    )
    told: Query = models.QuerySet(SignedFile).annotate(is_held=held).query
    return told


class TextState(models.TextChoices):
    """How far the index knows what a file says."""

    WAITING = "waiting", _("Being read")
    READ = "read", _("Can be searched")
    UNREADABLE = "unreadable", _("Has no text that can be searched")


class SignedFile(LockableModel):
    """One signed document of a completed envelope, with all that the list shows and sorts by."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="signed_file")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="signed_files")
    code = models.CharField(max_length=17)
    title = models.CharField(_("title"), max_length=200)
    title_key = models.CharField(max_length=100, editable=False)
    number = models.CharField(_("number"), max_length=80, blank=True)
    client_name = models.CharField(_("client"), max_length=250, blank=True)
    client_key = models.CharField(max_length=100, editable=False)
    deal = models.ForeignKey(Deal, models.SET_NULL, null=True, related_name="signed_files")
    document_class = models.CharField(
        _("document class"), max_length=10, choices=DocumentClass.choices
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    currency = models.CharField(max_length=3, blank=True)  # empty: no amount
    page_count = models.PositiveIntegerField()
    responsible = models.ForeignKey(
        Employee, models.PROTECT, related_name="signed_files", db_index=False
    )
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    completed_at = models.DateTimeField()
    text_state = models.CharField(
        max_length=10, choices=TextState.choices, default=TextState.WAITING
    )
    text_tries = models.PositiveSmallIntegerField(default=0)  # begun, not all ended

    objects = _Keeping.from_queryset(SignedFiles)()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-completed_at", "-id")
        indexes = (
            models.Index(fields=["completed_at", "id"], name="signed_by_completion"),
            models.Index(fields=["responsible", "completed_at", "id"], name="signed_of_person"),
            models.Index(fields=["document_class", "completed_at", "id"], name="signed_of_class"),
            models.Index(fields=["title_key", "id"], name="signed_by_title"),
            models.Index(fields=["client_key", "completed_at", "id"], name="signed_by_client"),
            models.Index(fields=["amount", "id"], name="signed_by_amount"),
            models.Index(fields=["code"], name="signed_by_code"),
            models.Index(
                fields=["id"], condition=Q(text_state="waiting"), name="signed_to_be_read"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def readable(self) -> str:
        """The ID in groups, as it stands at the foot of each page."""
        return format_document_id(self.code)


class FullText(models.Model):
    """What a signed file says, page by page, and its words as they are indexed."""

    file = models.OneToOneField(
        SignedFile, models.CASCADE, primary_key=True, related_name="full_text"
    )
    words = models.TextField()
    pages = models.JSONField(default=list)

    @classmethod
    def holding(cls, sought: Sought) -> models.QuerySet[FullText]:
        """Return the texts that have what is looked for, read without the index."""
        whole = Concat(Value(" "), "words", Value(" "), output_field=models.TextField())
        found = cls.objects.alias(whole=whole)
        for part in sought.as_text:
            found = found.filter(whole__contains=part)
        return found
