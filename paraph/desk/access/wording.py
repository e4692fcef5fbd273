"""Levels in few words, for cells and summaries; the matrix itself has the long ones."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from paraph.people.matrix import Level, Right, Section, levels_for

SHORT: dict[Level, Promise] = {
    Level.NONE: pgettext_lazy("access level", "None"),
    Level.OWN: pgettext_lazy("access level", "Own"),
    Level.DEPARTMENT: pgettext_lazy("access level", "Department"),
    Level.SUBTREE: pgettext_lazy("access level", "Subdepartments"),
    Level.SHARED: pgettext_lazy("access level", "Shared"),
    Level.ALL: pgettext_lazy("access level", "All"),
}
MEANINGS: dict[Level, Promise] = {
    Level.NONE: _("Not at all."),
    Level.OWN: _("What the person is responsible for."),
    Level.DEPARTMENT: _("Own, and that of the people of their department."),
    Level.SUBTREE: _("Those, and that of the departments below."),
    Level.SHARED: _("Those, and what is available to everyone."),
    Level.ALL: _("Everything."),
}


def level_word(section: Section, right: Right, level: Level) -> str:
    """Say a level in one word; where there is only no and yes, say that."""
    if len(levels_for(section, right)) > 2:
        return str(SHORT[level])
    return str(_("Yes") if level else _("No"))
