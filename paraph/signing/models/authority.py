"""What the installation's certificate authority keeps, the seals of our companies, the
time-stamp services outside, and how long a document can be checked from itself."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from paraph.contacts.models import Company
from paraph.documents.models import Document
from paraph.kit.models import LockableModel


class AuthorityState(models.Model):
    """The installation's certificate authority: keys encrypted under the master key."""

    blob = models.BinaryField()
    certificates = models.TextField()  # PEM bundle, root first: public
    revocation_list = models.BinaryField()  # the root's, as DER: public
    created_at = models.DateTimeField()


class StatusAnswer(models.Model):
    """A status answer made before anybody asks, so that the web server needs no key."""

    serial = models.CharField(max_length=40, unique=True)  # hexadecimal, 40 digits
    response = models.BinaryField()
    made_at = models.DateTimeField()


class StampOrder(models.Model):
    """A request to our time-stamp service, until the worker has answered it."""

    request = models.BinaryField()
    response = models.BinaryField(null=True)
    ordered_at = models.DateTimeField(db_index=True)


class CompanySeals(models.QuerySet["CompanySeal"]):
    """The vocabulary of company seals."""

    def in_use(self) -> Self:
        return self.filter(removed_at=None)


class CompanySeal(LockableModel):
    """A certificate of one of our companies, with which it seals what its director signs."""

    company = models.ForeignKey(Company, models.PROTECT, related_name="seals")
    certificate = models.TextField()  # PEM, its own first, then those above
    subject = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200)
    serial = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the certificate
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    # The file and its password, encrypted under the master key; or where in the token the key is.
    blob = models.BinaryField(null=True)
    token_label = models.CharField(max_length=100, blank=True)
    # What its issuer says of it, for the files that it seals (sealing.material, JSON).
    material = models.TextField(blank=True)
    looked_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = CompanySeals.as_manager()

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("-added_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["company"], condition=Q(removed_at=None), name="one_seal_a_company"
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def is_in_token(self) -> bool:
        return bool(self.token_label)

    def is_usable(self, *, at: datetime) -> bool:
        is_kept = self.removed_at is None and not self.problem
        return is_kept and self.valid_from <= at <= self.valid_until


class TimeSource(models.Model):
    """A time-stamp service outside: what we last heard from it."""

    url = models.CharField(max_length=300, unique=True)
    name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    # How far its clock was from ours, in seconds.
    difference = models.FloatField(default=0)
    ends_at = models.DateTimeField(null=True)  # when its certificate does
    material = models.TextField(blank=True)  # sealing.material, JSON
    material_at = models.DateTimeField(null=True)
    room = models.PositiveIntegerField(default=0)  # bytes that its largest token took

    def __str__(self) -> str:
        return self.name or self.url


class Stamping(models.Model):
    """Who stamped a document's newest revision, and how long that can be checked."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="stamping")
    number = models.PositiveIntegerField()  # of that revision
    stamped_by = models.CharField(max_length=200, blank=True)  # nobody outside when empty
    until = models.DateTimeField()  # when the certificate of the newest time stamp ends
    # A completed document is given a fresh time stamp before that.
    is_completed = models.BooleanField(default=False)

    class Meta:
        indexes = (
            models.Index(
                fields=["until"], name="stampings_to_renew", condition=Q(is_completed=True)
            ),
        )
