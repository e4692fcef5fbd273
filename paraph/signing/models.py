"""What travels to be signed: envelopes, their parties and fields, and each party's act."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Company, Contact
from paraph.documents.models import Document
from paraph.journal.actors import Actor
from paraph.kit.models import LockableModel, Searchable
from paraph.kit.search import SearchQuerySet
from paraph.people.access import Level, Right, Section, reach, scope
from paraph.people.models import Employee
from paraph.sales.models import Deal

from . import lifecycle
from .lifecycle import PartyStatus, PartyStep, Status, Step


class Envelopes(SearchQuerySet["Envelope"]):
    """The vocabulary of envelope lists."""

    def open(self) -> Self:
        return self.filter(status__in=lifecycle.OPEN)

    def completed(self) -> Self:
        return self.filter(status=Status.COMPLETED)

    def overdue(self, at: datetime) -> Self:
        return self.filter(status=Status.SENT, deadline_at__lte=at)

    def visible_to(self, person: Employee, right: Right = Right.VIEW) -> Envelopes:
        """Those within the reach of the person's right; to view, also those they are to sign."""
        if reach(person, Section.DOCUMENTS, right) is Level.ALL:
            return self.all()
        within = scope(Envelope.objects.all(), person, Section.DOCUMENTS, right).values("pk")
        if right is not Right.VIEW:
            return self.filter(pk__in=within)
        asked = Party.objects.filter(employee=person).exclude(envelope__status=Status.DRAFT)
        return self.filter(Q(pk__in=within) | Q(pk__in=asked.values("envelope")))


class Envelope(LockableModel, Searchable):
    """Documents that travel to their parties together and come back signed."""

    title = models.CharField(_("title"), max_length=200)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    responsible = models.ForeignKey(Employee, models.PROTECT, related_name="envelopes")
    is_shared = models.BooleanField(_("available to everyone"), default=False)
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="envelopes")
    documents = models.ManyToManyField(Document, through="Enclosure", related_name="envelopes")
    deal = models.ForeignKey(Deal, models.PROTECT, null=True, related_name="envelopes")
    message = models.TextField(_("message"), blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    deadline_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    audited_at = models.DateTimeField(null=True)  # looked at once more, after it was completed
    is_trial = models.BooleanField(default=False)  # marked TRIAL on pages, evidence and seal

    objects = Envelopes.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(fields=["status", "-created_at", "-id"], name="envelopes_by_status"),
            models.Index(fields=["responsible", "status"], name="envelopes_by_person"),
            models.Index(
                fields=["closed_at"],
                condition=Q(status=Status.COMPLETED, audited_at=None),
                name="envelopes_to_audit",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="envelope_status_is_known", condition=Q(status__in=Status.values)
            ),
            models.CheckConstraint(
                name="only_a_draft_was_never_sent",
                condition=Q(status=Status.DRAFT) | Q(sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.status == Status.DRAFT

    @property
    def is_open(self) -> bool:
        return self.status in lifecycle.OPEN

    @property
    def is_completed(self) -> bool:
        return self.status == Status.COMPLETED

    def take(self, step: Step, *, at: datetime) -> None:
        """Move one step along the life cycle. Nothing else writes ``status``."""
        self.status = lifecycle.after(step, Status(self.status))
        self.sent_at = self.sent_at or at
        self.closed_at = None if self.is_open else at
        self.save(update_fields=["status", "sent_at", "closed_at"])


class Enclosure(models.Model):
    """A document's place in an envelope."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="enclosures")
    document = models.ForeignKey(Document, models.PROTECT, related_name="enclosures")
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["envelope", "position"], name="one_document_a_position"
            ),
        )


class PartyRole(models.TextChoices):
    """What is asked of a party."""

    SIGNER = "signer", _("Signs")
    APPROVER = "approver", _("Approves")
    COPY = "copy", _("Receives a copy")


class Channel(models.TextChoices):
    """How a link or a code reaches a person."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class Parties(models.QuerySet["Party"]):
    """The vocabulary of parties."""

    def in_order(self) -> Self:
        return self.order_by("group", "id")

    def signers(self) -> Self:
        return self.filter(role=PartyRole.SIGNER)


class Party(LockableModel):
    """Somebody an envelope travels to; those of one group act in parallel, groups in order."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=PartyRole.choices, default=PartyRole.SIGNER)
    group = models.PositiveSmallIntegerField(default=1)
    # Our own signer is an employee; anybody else a contact. Name and addresses are kept as sent.
    employee = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="parties")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="parties")
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    link_channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.EMAIL)
    code_channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.EMAIL)
    status = models.CharField(
        max_length=10, choices=PartyStatus.choices, default=PartyStatus.WAITING
    )
    asked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)

    objects = Parties.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("group", "id")
        constraints = (
            models.CheckConstraint(
                name="party_status_is_known", condition=Q(status__in=PartyStatus.values)
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        return Actor("party", self.pk, self.name)

    @property
    def key(self) -> str:
        """The party's name in the PDF: the prefix of its field names."""
        return f"p{self.pk}"

    @property
    def is_ours(self) -> bool:
        return self.employee_id is not None

    @property
    def is_chosen(self) -> bool:
        return self.employee_id is not None or self.contact_id is not None

    @property
    def is_done(self) -> bool:
        return self.status in {PartyStatus.SIGNED, PartyStatus.APPROVED, PartyStatus.REPLACED}

    @property
    def is_signing(self) -> bool:
        return self.status == PartyStatus.SIGNING

    def address(self, channel: str) -> str:
        """Return the e-mail address or the number of that channel."""
        return self.phone if channel == Channel.SMS else self.email

    @property
    def has_signed(self) -> bool:
        return self.status == PartyStatus.SIGNED

    @property
    def is_asked(self) -> bool:
        return self.status in {PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN}

    @property
    def is_passed_over(self) -> bool:
        """Tell whether the envelope ended before this party acted."""
        is_due = self.is_asked or self.is_signing or self.status == PartyStatus.WAITING
        is_ever_asked = self.role != PartyRole.COPY
        return is_ever_asked and is_due and not self.envelope.is_open

    def take(self, step: PartyStep, *, at: datetime) -> None:
        """Move one step. Nothing else writes ``status``; the moment of the step is kept."""
        self.status = lifecycle.after_party(step, PartyStatus(self.status))
        moment = {
            PartyStep.ASK: "asked_at",
            PartyStep.OPEN: "opened_at",
            PartyStep.SIGN: "signed_at",
            PartyStep.DECLINE: "declined_at",
        }.get(step)
        if moment:
            setattr(self, moment, at)
        self.save(update_fields=["status", *([moment] if moment else [])])


class FieldKind(models.TextChoices):
    """What belongs into a marked place; the same words as ``sealing.model.Kind``."""

    SIGNATURE = "signature", _("Signature")
    STAMP = "stamp", _("Stamp")
    INITIALS = "initials", _("Initials")
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    CHECKBOX = "checkbox", _("Checkbox")
    CHOICE = "choice", _("Choice")
    REQUISITES = "requisites", _("Requisites")


class Field(models.Model):
    """A marked place of one party on one page, in points from the displayed page's top left."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="fields")
    document = models.ForeignKey(Document, models.CASCADE, related_name="fields")
    kind = models.CharField(max_length=12, choices=FieldKind.choices)
    page = models.PositiveIntegerField()  # from 1
    x = models.FloatField()
    y = models.FloatField()
    width = models.FloatField()
    height = models.FloatField()
    label = models.CharField(_("label"), max_length=120, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    # What the party has typed so far: it outlives sessions. A picture is a file of the store.
    value = models.TextField(blank=True)
    picture = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("page", "y", "x", "id")

    def __str__(self) -> str:
        return self.label or self.get_kind_display()

    @property
    def slot(self) -> str:
        """The field's name in the PDF."""
        return f"p{self.party_id}f{self.pk}"


class Link(models.Model):
    """A party's way in: its token is known only to the message that carried it."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, default="sign")  # or "file": the completed document
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)


class Code(models.Model):
    """Six digits sent to a party: an HMAC, one use, ten minutes, bound to what it opens."""

    link = models.ForeignKey(Link, models.CASCADE, related_name="codes")
    mac = models.CharField(max_length=64)
    purpose = models.CharField(max_length=10, default="sign")
    documents_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("-created_at", "-id")


class SigningSession(models.Model):
    """What a right code opens: thirty minutes idle, eight hours at most, for one party."""

    code = models.OneToOneField(Code, models.CASCADE, related_name="session")
    link = models.ForeignKey(Link, models.CASCADE, related_name="sessions")
    key_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()


class Act(models.Model):
    """One party's signing: the intent when Sign was pressed, then what was sealed."""

    party = models.OneToOneField(Party, models.PROTECT, related_name="act")
    session = models.ForeignKey(SigningSession, models.PROTECT, null=True, related_name="acts")
    intended_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    # [{"document": id, "shown": sha256, "signed": sha256 or ""}]: what was seen, what came of it.
    documents = models.JSONField(default=list)
    terms = models.TextField()
    ip = models.GenericIPAddressField(null=True)
    user_agent = models.CharField(max_length=400, blank=True)
    certificate = models.TextField(blank=True)  # PEM of the certificate made for this act

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None


class AuthorityState(models.Model):
    """The installation's certificate authority: keys encrypted under the master key."""

    blob = models.BinaryField()
    certificates = models.TextField()  # PEM bundle, root first: public
    revocation_list = models.BinaryField()  # the root's, as DER: public
    created_at = models.DateTimeField()
