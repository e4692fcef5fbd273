"""Which moves a card can make: those that the life cycle has, and no others."""

from collections.abc import Iterable, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from paraph.signing.models import Standing

from .models import Stage


class Move(TextChoices):
    """What one can do with a card."""

    SEND = "send", _("Send for signing")
    REMIND = "remind", _("Remind")
    CANCEL = "cancel", _("Cancel document")
    REOPEN = "reopen", _("Reopen as a new draft")


TRAVELLING = (Standing.WITH_US, Standing.WITH_CLIENT)
ENDED = (Standing.DECLINED, Standing.EXPIRED, Standing.CANCELLED)

# From where, and into a column that holds which standing. To remind leads nowhere else.
MOVES: dict[Move, tuple[tuple[Standing, ...], tuple[Standing, ...]]] = {
    Move.SEND: ((Standing.DRAFT,), TRAVELLING),
    Move.REMIND: (TRAVELLING, ()),
    Move.CANCEL: (TRAVELLING, (Standing.CANCELLED,)),
    Move.REOPEN: (ENDED, (Standing.DRAFT,)),
}


def moves_of(standing: str) -> list[Move]:
    """Return what can be done with a card that stands so."""
    return [move for move, (starts, _ends) in MOVES.items() if standing in starts]


def move_into(standing: str, held: Iterable[str]) -> Move | None:
    """Return the move that leads a card into a column which holds these standings."""
    held = set(held)
    if standing in held:
        return None
    ends = ((move, MOVES[move][1]) for move in moves_of(standing))
    return next((move for move, ending in ends if held.intersection(ending)), None)


def ways(standing: str, stages: Sequence[Stage]) -> list[tuple[int, Move]]:
    """Return the columns a card can be dragged into, and what that does."""
    each = ((stage.pk, move_into(standing, stage.standings)) for stage in stages)
    return [(pk, move) for pk, move in each if move]
