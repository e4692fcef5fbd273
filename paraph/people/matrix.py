"""The words of the access matrix: its rooms, its rights, its levels."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Section(TextChoices):
    """The rooms that the matrix opens and closes."""

    CONTACTS = "contacts", _("Signing contacts")
    CRM = "crm", _("Companies and deals")
    DOCUMENTS = "documents", _("Documents")
    TEMPLATES = "templates", _("Templates")
    VAULT = "vault", _("Vault")
    CAMPAIGNS = "campaigns", _("Campaigns")
    MONITORING = "monitoring", _("Monitoring")
    ACCESS = "access", _("Access permissions")
    SETTINGS = "settings", _("Settings")


class Right(TextChoices):
    """What one may do in a room."""

    VIEW = "view", _("View")
    CREATE = "create", _("Create")
    EDIT = "edit", _("Edit")
    DELETE = "delete", _("Delete")
    EXPORT = "export", _("Export")
    SEND = "send", _("Send")
    SIGN = "sign", _("Sign for the company")


class Level(IntegerChoices):
    """How far a right reaches; a wider level contains every narrower one."""

    NONE = 0, _("None")
    OWN = 1, _("Own")
    DEPARTMENT = 2, _("Own and department")
    SUBTREE = 3, _("Own, department and subdepartments")
    SHARED = 4, _("Those, and items available to everyone")
    ALL = 5, _("All")
