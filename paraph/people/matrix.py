"""The words of the access matrix: its rooms, its rights, its levels, and which cells there are."""

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


_DAILY = (Right.VIEW, Right.CREATE, Right.EDIT, Right.DELETE, Right.EXPORT)

RIGHTS: dict[Section, tuple[Right, ...]] = {
    Section.CONTACTS: _DAILY,
    Section.CRM: _DAILY,
    Section.DOCUMENTS: (*_DAILY, Right.SEND, Right.SIGN),
    Section.TEMPLATES: (Right.VIEW, Right.CREATE, Right.EDIT, Right.DELETE),
    Section.VAULT: (Right.VIEW, Right.EDIT, Right.DELETE, Right.EXPORT),
    Section.CAMPAIGNS: (*_DAILY, Right.SEND),
    Section.MONITORING: (Right.VIEW, Right.EXPORT),
    Section.ACCESS: (Right.VIEW, Right.EDIT),
    Section.SETTINGS: (Right.VIEW, Right.EDIT),
}
"""The cells of the matrix: what one can be allowed to do in each room, and nothing else."""

CELLS = tuple((section, right) for section, rights in RIGHTS.items() for right in rights)

# What belongs to nobody yet, or to the company as a whole, has no owner to be near to.
_WHOLE_SECTIONS = {Section.ACCESS, Section.SETTINGS}
_WHOLE_RIGHTS = {Right.CREATE, Right.SIGN}


def levels_for(section: Section, right: Right) -> tuple[Level, ...]:
    """Return the levels that a cell can have: all six, or only no and yes."""
    if section in _WHOLE_SECTIONS or right in _WHOLE_RIGHTS:
        return (Level.NONE, Level.ALL)
    return tuple(Level)


def fitting(section: Section, right: Right, level: int) -> Level:
    """Return the narrowest level of the cell that contains the given one."""
    return next(each for each in levels_for(section, right) if each >= level)
