"""Who works here: employees, their departments and groups, and the roles that let them in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.journal.actors import Actor
from paraph.kit.models import LockableModel

from .matrix import Level, Right, Section


class Installation(models.Model):
    """The one row that says what this installation is: set up or not, trial or real."""

    name = models.CharField(max_length=120, blank=True)
    is_trial = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="en")
    set_up_at = models.DateTimeField(null=True)
    set_up_token_hash = models.CharField(max_length=64, blank=True)

    @classmethod
    def here(cls) -> Installation:
        """Return this installation; an unsaved one before its first start."""
        return cls.objects.first() or cls()


def is_trial() -> bool:
    """Tell whether messages go to the Mailbox here (``settings.TRIAL``)."""
    return Installation.here().is_trial


class Department(models.Model):
    """A node of the company's tree; its head supervises everything below it."""

    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    head = models.ForeignKey("Employee", models.SET_NULL, null=True, blank=True, related_name="+")
    # "3/7/12/": the ids from the root down to this one, so that a subtree is one prefix.
    path = models.CharField(max_length=255, db_index=True, editable=False)

    def __str__(self) -> str:
        return self.name


class Group(models.Model):
    """Employees who share a role across departments."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    members: models.ManyToManyField[Employee, Any] = models.ManyToManyField(
        "Employee", related_name="circles", blank=True
    )

    def __str__(self) -> str:
        return self.name


class Employees(BaseUserManager["Employee"]):
    """How accounts are made and found; only actions and Django's own sign-in use it."""

    def get_by_natural_key(self, username: str | None) -> Employee:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Employee:
        """Make an account; without a password nobody can sign in until one is set."""
        employee = self.model(email=email.strip().lower(), **fields)
        employee.set_password(password)
        employee.save()
        return employee


class Employee(LockableModel, AbstractBaseUser):
    """A person of this company who signs in with an e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80)
    last_name = models.CharField(_("last name"), max_length=80)
    position = models.CharField(_("position"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="employees")
    language = models.CharField(_("language"), max_length=5, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Paris")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Employees] = Employees()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    class Meta(LockableModel.Meta):
        abstract = False
        ordering = ("last_name", "first_name")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def actor(self) -> Actor:
        return Actor("employee", self.pk, self.name)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name

    def get_username(self) -> str:
        return self.email


class Role(models.Model):
    """A column of the access matrix."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """One cell of the matrix: how far a role reaches in one section with one right."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="grants")
    section = models.CharField(max_length=20, choices=Section.choices)
    right = models.CharField(max_length=20, choices=Right.choices)
    level = models.PositiveSmallIntegerField(choices=Level.choices)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["role", "section", "right"], name="one_level_a_cell"),
        )


class RoleGiven(models.Model):
    """A role given to one employee, one department or one group."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="given")
    employee = models.ForeignKey(Employee, models.CASCADE, null=True, related_name="roles_given")
    department = models.ForeignKey(Department, models.CASCADE, null=True, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                name="a_role_is_given_to_exactly_one",
                condition=(
                    models.Q(employee__isnull=False, department__isnull=True, group__isnull=True)
                    | models.Q(employee__isnull=True, department__isnull=False, group__isnull=True)
                    | models.Q(employee__isnull=True, department__isnull=True, group__isnull=False)
                ),
            ),
        )
