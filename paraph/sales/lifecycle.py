"""What a stage means for its deals, and what a move between two kinds of stage is called."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class StageKind(TextChoices):
    """Whether deals of a stage are still worked on, and how it ended if not."""

    OPEN = "open", _("In progress")
    WON = "won", _("Won")
    LOST = "lost", _("Lost")


class Turn(TextChoices):
    """What happens to a deal beside being moved."""

    WIN = "win"
    LOSE = "lose"
    REOPEN = "reopen"


TURNS: dict[tuple[StageKind, StageKind], Turn] = {
    (StageKind.OPEN, StageKind.WON): Turn.WIN,
    (StageKind.LOST, StageKind.WON): Turn.WIN,
    (StageKind.OPEN, StageKind.LOST): Turn.LOSE,
    (StageKind.WON, StageKind.LOST): Turn.LOSE,
    (StageKind.WON, StageKind.OPEN): Turn.REOPEN,
    (StageKind.LOST, StageKind.OPEN): Turn.REOPEN,
}


def turn_of(before: str, after: str) -> Turn | None:
    """Return what a move means; nothing where the deal stays as open, won or lost as it was."""
    return TURNS.get((StageKind(before), StageKind(after)))
