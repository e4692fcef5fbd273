"""Words for what the rules of stages do."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from paraph.board.models import Deed

from .wording import Details, Words

WORDS: Words = {
    "stage-rule.applied": ("adjustments", gettext_lazy("A rule was followed")),
}


def _applied(facts: dict[str, Any]) -> str:
    """Tell which rule it was, what it did, or why it could not."""
    values = {"rule": facts.get("title", ""), "told": facts.get("told", "")}
    if facts.get("refusal"):
        return _("%(rule)s: %(reason)s") % {**values, "reason": facts["refusal"]}
    sentences = {
        Deed.REMIND: _("%(rule)s: reminded %(told)s"),
        Deed.NOTIFY: _("%(rule)s: wrote to %(told)s"),
        Deed.HAND_OVER: _("%(rule)s: handed over to %(told)s"),
        Deed.NOTE: _("%(rule)s: %(told)s"),
        Deed.MOVE_DEAL: _("%(rule)s: moved the deal %(told)s"),
    }
    return sentences[Deed(facts["deed"])] % values


DETAILS: Details = {"stage-rule.applied": _applied}
