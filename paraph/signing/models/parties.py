"""To whom an envelope travels: the parties, in groups, and how they are reached."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Company, Contact
from paraph.journal.actors import Actor
from paraph.kit.models import LockableModel
from paraph.people.models import Employee
from paraph.signing import lifecycle
from paraph.signing.lifecycle import PartyStatus, PartyStep

from .envelopes import Envelope
from .seconds import second_of


class PartyRole(models.TextChoices):
    """What is asked of a party."""

    SIGNER = "signer", _("Signs")
    APPROVER = "approver", _("Approves")
    COPY = "copy", _("Receives a copy")


class Channel(models.TextChoices):
    """How a link or a code reaches a person."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("SMS")


class Proof(models.TextChoices):
    """How somebody proves who they are; the first three are for the sender to choose."""

    EMAIL = "email", _("Code by e-mail")
    SMS = "sms", _("Code by SMS")
    ACCESS = "access", _("Access code agreed beforehand")
    TOTP = "totp", _("Authenticator app")
    PASSKEY = "passkey", _("Passkey")


class Parties(models.QuerySet["Party"]):
    """The vocabulary of parties."""

    def in_order(self) -> Self:
        return self.order_by("group", "id")

    def signers(self) -> Self:
        return self.filter(role=PartyRole.SIGNER)


class PartyGroup(models.Model):
    """How many of a group have to act; without a row for it, everybody."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField(null=True)  # 1: any one; None: everybody

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["envelope", "number"], name="one_rule_a_group"),
            models.CheckConstraint(
                name="a_group_needs_somebody", condition=Q(needed=None) | Q(needed__gte=1)
            ),
        )


class Party(LockableModel):
    """Somebody an envelope travels to; those of one group act in parallel, groups in order."""

    envelope = models.ForeignKey(Envelope, models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=PartyRole.choices, default=PartyRole.SIGNER)
    group = models.PositiveSmallIntegerField(default=1)
    # The name in the PDF, given when it is sent; who replaces somebody takes it over.
    key = models.CharField(max_length=12, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    names_next = models.BooleanField(default=False)  # says who acts in the next group
    # Our own signer is an employee; anybody else a contact. Name and addresses are kept as sent.
    employee = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="parties")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="parties")
    company = models.ForeignKey(Company, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")
    chosen_language = models.CharField(
        max_length=5, blank=True
    )  # by the sender; empty: the person's own
    link_channel = models.CharField(max_length=5, choices=Channel.choices, default=Channel.EMAIL)
    code_channel = models.CharField(max_length=10, choices=Proof.choices, default=Proof.EMAIL)
    access_mac = models.CharField(
        max_length=64, blank=True
    )  # of the access code, if one is agreed
    status = models.CharField(
        max_length=10, choices=PartyStatus.choices, default=PartyStatus.WAITING
    )
    asked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    decline_reason = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=64, blank=True)  # empty: the installation's
    reminded_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)  # those that the schedule wrote
    asked_second = second_of("asked_at")
    opened_second = second_of("opened_at")
    acted_second = second_of(Coalesce("signed_at", "approved_at"))

    objects = Parties.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("group", "id")
        indexes = (
            models.Index(  # holds all that the team's figures measure, for PostgreSQL
                fields=[
                    "envelope",
                    "employee",
                    "asked_second",
                    "opened_second",
                    "acted_second",
                ],
                name="parties_to_measure",
            ),
            models.Index(
                fields=["employee", "status"],
                condition=Q(employee__isnull=False),
                name="parties_of_ours",
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="party_status_is_known", condition=Q(status__in=PartyStatus.values)
            ),
            models.UniqueConstraint(
                fields=["envelope", "key"],
                condition=~Q(key="") & ~Q(status=PartyStatus.REPLACED),
                name="one_party_a_key",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        return Actor("party", self.pk, self.name)

    @property
    def is_ours(self) -> bool:
        return self.employee_id is not None

    @property
    def is_chosen(self) -> bool:
        return self.employee_id is not None or self.contact_id is not None or bool(self.name)

    @property
    def is_done(self) -> bool:
        return self.status in lifecycle.DONE

    @property
    def is_gone(self) -> bool:
        """Tell whether nothing is asked of this party any more, though it never acted."""
        return self.status in {PartyStatus.REPLACED, PartyStatus.RELEASED}

    @property
    def is_signer(self) -> bool:
        return self.role == PartyRole.SIGNER

    @property
    def is_approver(self) -> bool:
        return self.role == PartyRole.APPROVER

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
    def is_in_line(self) -> bool:
        """Tell whether this party may still be taken out of the line: it has not acted."""
        return self.status in lifecycle.IN_LINE

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
            PartyStep.APPROVE: "approved_at",
        }.get(step)
        if moment:
            setattr(self, moment, at)
        self.save(update_fields=["status", *([moment] if moment else [])])
        if step in {PartyStep.SIGN, PartyStep.APPROVE}:
            self.envelope.note_act(at=at)
        self.envelope.note_standing(at=at)
