"""The rows of the directory: people, and companies, ours and those of our clients."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.contacts import requisites, rules
from paraph.kit.models import LockableModel, Searchable
from paraph.kit.search import SearchQuerySet
from paraph.people.access import Right, Section, reach, scope
from paraph.people.models import Employee

LANGUAGES = settings.LANGUAGES
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands where nothing has happened yet: a list sorts by moments that are never null."""


class ContactType(models.TextChoices):
    """What the contact is to us."""

    CLIENT = "client", _("Client")
    PARTNER = "partner", _("Partner")
    SUPPLIER = "supplier", _("Supplier")
    OTHER = "other", _("Other")


class Companies(SearchQuerySet["Company"]):
    """The vocabulary of company lists."""

    def ours(self) -> Self:
        return self.filter(is_ours=True)

    def clients(self) -> Self:
        return self.filter(is_ours=False)

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Companies:
        """Ours are known to everyone here; more than that, and the others, as the matrix says."""
        if right is not Right.VIEW:
            return scope(self, person, Section.CRM, right)
        return self.ours() | scope(self.clients(), person, Section.CRM)

    def showing_stamp_to(self, person: Employee) -> Companies:
        """Those whose stamp and signature the person may see: their director, and who edits."""
        return self.visible_to(person, Right.EDIT) | self.filter(director=person)


class Company(LockableModel, Searchable):
    """A legal entity: one of ours that sends documents, or a client's."""

    is_ours = models.BooleanField(default=False, db_index=True)
    name = models.CharField(_("name"), max_length=200)
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR")
    tax_number = models.CharField(_("tax number"), max_length=40, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=60, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=60, blank=True)
    capital = models.CharField(_("share capital"), max_length=60, blank=True)
    # What else the country's papers name, by the names of ``requisites.Number``.
    further = models.JSONField(default=dict, blank=True)
    # What merged companies were known by besides: [{"field": "name", "value": "…"}, …].
    also = models.JSONField(default=list, blank=True, editable=False)
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    bank = models.CharField(_("bank"), max_length=120, blank=True)
    iban = models.CharField(_("IBAN"), max_length=40, blank=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    colour = models.CharField(_("colour"), max_length=7, default="#1f4e5f")
    # Pictures are files of the store, cleaned to PNG: the hash is their name.
    logo = models.CharField(max_length=64, blank=True)
    stamp = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=64, blank=True)
    director = models.ForeignKey(
        Employee,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="directs",
        verbose_name=_("director"),
    )
    responsible = models.ForeignKey(
        Employee, models.PROTECT, related_name="companies", verbose_name=_("responsible")
    )
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    created_at = models.DateTimeField()

    objects = Companies.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("sort_key", "id")
        indexes = (
            models.Index(fields=["is_ours", "sort_key", "id"], name="companies_by_name"),
            models.Index(fields=["tax_number"], name="companies_by_tax_number"),
            models.Index(fields=["created_at", "id"], name="companies_by_creation"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def values(self) -> dict[str, str]:
        """Return every number and account, by name."""
        own = ("tax_number", "registration_number", "iban", "bic")
        further: dict[str, str] = self.further
        return {name: getattr(self, name) for name in own} | further

    @property
    def doubts(self) -> dict[str, str]:
        """Return what does not check in the requisites, by field, in words."""
        return requisites.doubts(self.country, self.values)

    @property
    def address_lines(self) -> list[str]:
        return requisites.address_lines(
            self.country, street=self.street, postcode=self.postcode, city=self.city
        )


class Contacts(SearchQuerySet["Contact"]):
    """The vocabulary of contact lists."""

    IS_WALKED = True

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Contacts:
        """Those the person may see, or do more with, in the signing section or in the CRM."""
        wider = max((Section.CONTACTS, Section.CRM), key=lambda it: reach(person, it, right))
        return scope(self, person, wider, right)

    def words_of(self, text: str) -> list[str]:
        """Take digits in groups for one number, however people group them."""
        if rules.looks_like_a_phone(text):
            return [re.sub(r"[\s().-]", "", text)]
        return super().words_of(text)

    def incomplete(self) -> Self:
        """Those without phone or e-mail; they are completed when chosen for a document."""
        return self.filter(Q(phone="") | Q(email=""))


class Contact(LockableModel, Searchable):
    """A person in the shared directory of the signing section and the CRM."""

    last_name = models.CharField(_("last name"), max_length=100)
    first_name = models.CharField(_("first name"), max_length=100)
    phone = models.CharField(_("phone"), max_length=20, blank=True)  # E.164
    email = models.EmailField(_("e-mail"), blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    company = models.ForeignKey(
        Company,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("company"),
    )
    comment = models.TextField(_("comment"), blank=True)
    type = models.CharField(
        _("contact type"), max_length=20, choices=ContactType.choices, default=ContactType.CLIENT
    )
    responsible = models.ForeignKey(
        Employee,
        models.PROTECT,
        related_name="contacts",
        verbose_name=_("responsible"),
        db_index=False,  # an index below begins with it
    )
    language = models.CharField(_("language"), max_length=5, choices=LANGUAGES, default="en")
    custom = models.JSONField(default=dict, blank=True)  # by the key of a CustomField
    # What merged contacts were known by besides: [{"field": "phone", "value": "+33…"}, …].
    also = models.JSONField(default=list, blank=True, editable=False)
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    # What the list sorts by: never null, in letters that ``steps.index_contact`` normalises.
    company_key = models.CharField(max_length=100, editable=False, default="")
    responsible_key = models.CharField(max_length=100, editable=False, default="")
    position_key = models.CharField(max_length=100, editable=False, default="")
    last_document_at = models.DateTimeField(editable=False, default=NEVER)

    objects = Contacts.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("sort_key", "id")
        indexes = (
            # With the position, so that both filters together never open the rows.
            models.Index(
                fields=["responsible", "sort_key", "id", "position_key"],
                name="contacts_of_responsible",
            ),
            models.Index(fields=["company_key", "sort_key", "id"], name="contacts_by_company"),
            models.Index(fields=["responsible_key", "sort_key", "id"], name="contacts_by_resp"),
            models.Index(fields=["position_key", "sort_key", "id"], name="contacts_by_position"),
            models.Index(fields=["type", "sort_key", "id"], name="contacts_by_type"),
            models.Index(fields=["phone", "id"], name="contacts_by_phone"),
            models.Index(fields=["email", "id"], name="contacts_by_email"),
            models.Index(fields=["created_at", "id"], name="contacts_by_creation"),
            models.Index(fields=["last_document_at", "id"], name="contacts_by_document"),
            models.Index(
                fields=["sort_key", "id"],
                name="contacts_shared",
                condition=Q(is_shared=True),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def readable_phone(self) -> str:
        return rules.readable_phone(self.phone)

    @property
    def is_incomplete(self) -> bool:
        return not (self.phone and self.email)
