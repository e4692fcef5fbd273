"""The three roles that every installation begins with, and how far each reaches."""

from .matrix import CELLS, Level, Right, Section, fitting
from .models import Grant, Role

Cells = dict[tuple[Section, Right], Level]


def _of(level: Level) -> Cells:
    """What somebody does who prepares documents, reaching this far."""
    daily = (Right.VIEW, Right.CREATE, Right.EDIT, Right.DELETE, Right.EXPORT)
    cells = {(Section.CONTACTS, right): level for right in daily}
    cells |= {(Section.CRM, right): level for right in daily}
    cells |= {(Section.DOCUMENTS, right): level for right in (*daily, Right.SEND)}
    cells |= {(Section.VAULT, Right.VIEW): level, (Section.TEMPLATES, Right.VIEW): Level.ALL}
    return cells | {(Section.MONITORING, Right.VIEW): level}


ROLES: dict[str, tuple[str, Cells]] = {
    "employee": ("Employee", _of(Level.SHARED) | {(Section.MONITORING, Right.VIEW): Level.OWN}),
    "supervisor": (
        "Supervisor",
        _of(Level.SHARED)
        | {
            (Section.DOCUMENTS, Right.SIGN): Level.ALL,
            (Section.MONITORING, Right.EXPORT): Level.SHARED,
        },
    ),
    "administrator": ("Administrator", dict.fromkeys(CELLS, Level.ALL)),
}


def make_fixed_roles() -> dict[str, Role]:
    """Return the three roles by slug; those that are missing are made, present ones left alone."""
    roles = {}
    for slug, (name, cells) in ROLES.items():
        role, is_new = Role.objects.get_or_create(slug=slug, defaults={"name": name})
        if is_new:
            Grant.objects.bulk_create(
                Grant(role=role, section=section, right=right, level=fitting(section, right, to))
                for (section, right), to in cells.items()
            )
        roles[slug] = role
    return roles
