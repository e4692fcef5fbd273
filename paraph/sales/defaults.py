"""The pipeline that every installation begins with."""

from django.utils.translation import gettext as _

from .choices import StageChoice
from .lifecycle import StageKind
from .models import Colour


def default_name() -> str:
    """Return the name of the first pipeline, in the language that is active."""
    return _("Sales")


def default_stages() -> list[StageChoice]:
    """Return the stages of a new pipeline, in the language that is active."""
    return [
        StageChoice(_("New"), Colour.GREY, StageKind.OPEN),
        StageChoice(_("In talks"), Colour.BLUE, StageKind.OPEN),
        StageChoice(_("Proposal sent"), Colour.VIOLET, StageKind.OPEN),
        StageChoice(_("Contract sent"), Colour.AMBER, StageKind.OPEN),
        StageChoice(str(StageKind.WON.label), Colour.GREEN, StageKind.WON),
        StageChoice(str(StageKind.LOST.label), Colour.RED, StageKind.LOST),
    ]
