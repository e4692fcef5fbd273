"""How people come in: the link, the code or another proof, and the session that it opens."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from paraph.kit.models import LockableModel
from paraph.people.models import Employee

from .fields import Field
from .parties import Party, Proof


class Link(models.Model):
    """A party's way in: its token is known only to the message that carried it."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10, default="sign")  # or "file": the completed document
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)


class Stack(LockableModel):
    """Documents that an employee chose to sign with one code, which is for exactly this list."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="stacks")
    parties: models.ManyToManyField[Party, StackItem] = models.ManyToManyField(
        Party, through="StackItem", related_name="stacks"
    )
    documents_hash = models.CharField(max_length=64)  # one hash of the list of prepared documents
    created_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)  # when the right code was entered

    class Meta(LockableModel.Meta):
        abstract = False


class StackItem(models.Model):
    """One document of a stack: the employee's part in it, and why it was refused if it was."""

    stack = models.ForeignKey(Stack, models.CASCADE, related_name="items")
    party = models.ForeignKey(Party, models.CASCADE, related_name="stack_items")
    position = models.PositiveSmallIntegerField()
    refusal = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (models.UniqueConstraint(fields=["stack", "party"], name="once_in_a_stack"),)


SENT = (Proof.EMAIL, Proof.SMS)


class Codes(models.QuerySet["Code"]):
    """The vocabulary of codes."""

    def sent(self) -> Self:
        """Those whose digits we made and sent, not other proofs."""
        return self.filter(method__in=SENT)


class Code(models.Model):
    """What proves somebody: six digits as an HMAC, one use, ten minutes, bound to what they open.

    A proof that needs no digits of ours (``method``) is kept as a row as well, for the evidence.
    """

    # Of a link, or of a stack: never of both.
    link = models.ForeignKey(Link, models.CASCADE, null=True, related_name="codes")
    stack = models.ForeignKey(Stack, models.CASCADE, null=True, related_name="codes")
    method = models.CharField(max_length=10, choices=Proof.choices, default=Proof.EMAIL)
    mac = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=10, default="sign")
    documents_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)

    objects = Codes.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="code_is_of_a_link_or_a_stack",
                condition=Q(link__isnull=False, stack__isnull=True)
                | Q(link__isnull=True, stack__isnull=False),
            ),
            # Two documents of one person are held apart: only this refuses the same digits twice.
            models.UniqueConstraint(
                fields=["mac"],
                condition=Q(method=Proof.TOTP, used_at__isnull=False),
                name="digits_of_an_app_count_once",
            ),
        )

    @property
    def is_sent(self) -> bool:
        return self.method in SENT


class SigningSession(models.Model):
    """What a right code opens: thirty minutes idle, eight hours at most, for one party.

    The code of a stack opens one for each of its documents.
    """

    code = models.ForeignKey(Code, models.CASCADE, related_name="sessions")
    link = models.ForeignKey(Link, models.CASCADE, related_name="sessions")
    key_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["code", "link"], name="one_session_a_code_and_link"),
        )


class Pad(models.Model):
    """A phone lent as a drawing pad to a signing session: one place, one drawing, minutes."""

    session = models.ForeignKey(SigningSession, models.CASCADE, related_name="pads")
    field = models.ForeignKey(Field, models.CASCADE, related_name="pads")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
