"""Words for what happens to people, departments, groups and roles."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.desk.access.wording import level_word
from paraph.people.matrix import Level, Right, Section

from .wording import Details, Words, changes

ROLES: Words = {
    "role.created": ("columns-3", _("Role created")),
    "role.renamed": ("pencil", _("Role renamed")),
    "role.changed": ("adjustments", _("Rights changed")),
    "role.deleted": ("trash", _("Role deleted")),
    "role.granted": ("user-check", _("Role given")),
    "role.taken": ("user-minus", _("Role taken back")),
}
ORDER: Words = {
    "department.created": ("sitemap", _("Department added")),
    "department.edited": ("sitemap", _("Department changed")),
    "department.deleted": ("trash", _("Department deleted")),
    "group.created": ("users-group", _("Group added")),
    "group.edited": ("users-group", _("Group changed")),
    "group.deleted": ("trash", _("Group deleted")),
}
WORDS: Words = {
    **ROLES,
    **ORDER,
    "employee.joined": ("user-plus", _("Joined")),
    "employee.invited": ("mail", _("Invited")),
    "employee.edited": ("pencil", _("Account changed")),
    "employee.left": ("user-off", _("Account closed")),
    "invitation.withdrawn": ("mail-off", _("Invitation withdrawn")),
}
ACCESS_EVENTS = (*ROLES, *ORDER, "employee.left")


def _cells(facts: dict[str, Any]) -> str:
    """Say which cells of the matrix changed, each with its level before and after."""
    said = [_cell(name, pair) for name, pair in facts.get("changes", {}).items()]
    return f"{facts.get('role_name', '')} · {'; '.join(said)}"


def _cell(name: str, pair: list[int]) -> str:
    section, right = Section(name.partition(".")[0]), Right(name.partition(".")[2])
    levels = " → ".join(level_word(section, right, Level(level)) for level in pair)
    return f"{section.label} · {right.label}: {levels}"


def _to_whom(facts: dict[str, Any]) -> str:
    return f"{facts.get('role_name', '')} → {facts.get('recipient', '')}"


def _from_whom(facts: dict[str, Any]) -> str:
    return f"{facts.get('recipient', '')} · {facts.get('role_name', '')}"


def _heir(facts: dict[str, Any]) -> str:
    name, heir = facts.get("employee_name", ""), facts.get("heir_name", "")
    if not heir:
        return str(name)
    return gettext("%(name)s; %(heir)s takes over") % {"name": name, "heir": heir}


def _named(noun: str) -> Any:
    """Make the words for an edit: the name of the row, then what changed."""

    def tell(facts: dict[str, Any]) -> str:
        return " · ".join(filter(None, (facts.get(f"{noun}_name", ""), changes(facts))))

    return tell


DETAILS: Details = {
    "role.created": lambda facts: str(facts.get("role_name", "")),
    "role.renamed": changes,
    "role.changed": _cells,
    "role.deleted": lambda facts: str(facts.get("role_name", "")),
    "role.granted": _to_whom,
    "role.taken": _from_whom,
    "department.created": _named("department"),
    "department.edited": _named("department"),
    "department.deleted": _named("department"),
    "group.created": _named("group"),
    "group.edited": _named("group"),
    "group.deleted": _named("group"),
    "employee.edited": changes,
    "employee.left": _heir,
}
