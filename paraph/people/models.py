"""Who works here: employees, their departments and groups, and the roles that let them in."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from paraph.journal.actors import Actor
from paraph.kit.models import LockableModel
from paraph.kit.prepared import Prepared

from .matrix import Level, Right, Section

# What an installation begins with is named in each reader's language.
FIXED_NAMES = {
    "Employee": _("Employee"),
    "Supervisor": _("Supervisor"),
    "Administrator": _("Administrator"),
}


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
        return _HERE.first() or cls()


_HERE = Prepared(lambda: Installation.objects.order_by("pk")[:1])


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
    is_active = models.BooleanField(default=True)  # neither invited only, nor gone
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True)

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
    def state(self) -> str:
        """Say whether the person is ``active``, ``invited`` or has ``left``."""
        return "active" if self.is_active else "left" if self.left_at else "invited"

    @property
    def actor(self) -> Actor:
        return Actor("employee", self.pk, self.name)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.first_name

    def get_username(self) -> str:
        return self.email


class Invitation(models.Model):
    """The one open invitation of somebody who has not joined yet; its link is stored hashed."""

    employee = models.OneToOneField(Employee, models.CASCADE, related_name="invitation")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    good_until = models.DateTimeField()

    def has_expired(self, at: datetime) -> bool:
        return self.good_until <= at


class Role(models.Model):
    """A column of the access matrix."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Return the name; of a role that every installation has, in the reader's language."""
        return str(FIXED_NAMES.get(self.name, self.name))


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
    """A role given to one employee, one department (and all below it) or one group."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="given")
    employee = models.ForeignKey(Employee, models.CASCADE, null=True, related_name="roles_given")
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, related_name="roles_given"
    )
    group = models.ForeignKey(Group, models.CASCADE, null=True, related_name="roles_given")

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
            models.UniqueConstraint(
                fields=["role", "employee"], name="a_role_is_given_once_to_an_employee"
            ),
            models.UniqueConstraint(
                fields=["role", "department"], name="a_role_is_given_once_to_a_department"
            ),
            models.UniqueConstraint(
                fields=["role", "group"], name="a_role_is_given_once_to_a_group"
            ),
        )

    @property
    def recipient(self) -> Employee | Department | Group:
        """Return whoever it is given to."""
        to = self.employee or self.department or self.group
        assert to, "The constraint above has exactly one."
        return to


class ListLayout(models.Model):
    """How one person likes to see one list: which columns, in which order, sorted by what."""

    owner = models.ForeignKey(Employee, models.CASCADE, related_name="layouts")
    listing = models.CharField(max_length=40)  # "contacts"
    columns = models.JSONField(default=list)  # their names; empty: the usual ones
    sort = models.CharField(max_length=60, blank=True)  # "-created"; empty: the usual order

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "listing"], name="one_layout_a_list"),
        )


class Preset(models.Model):
    """What one person narrows a list to again and again, under a name."""

    owner = models.ForeignKey(Employee, models.CASCADE, related_name="presets")
    listing = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    criteria = models.JSONField(default=dict)
    is_default = models.BooleanField(default=False)  # the list opens with it

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=["owner", "listing", "name"], name="a_preset_once"),
            models.UniqueConstraint(
                fields=["owner", "listing"],
                name="one_default_preset_a_list",
                condition=models.Q(is_default=True),
            ),
        )

    def __str__(self) -> str:
        return self.name
