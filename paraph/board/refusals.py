"""Every refusal of the board: its stable code. The reasons are given where it is refused."""

from paraph.kit.errors import Refused


class CannotArrange(Refused):
    """The board cannot be arranged so."""

    code = "cannot-arrange"
    status = 422


class CannotMoveCard(Refused):
    """The life cycle has no step from where the card is to where it was put."""

    code = "cannot-move-card"


class CannotKeepRule(Refused):
    """The rule of a stage says too little to be followed."""

    code = "cannot-keep-rule"
    status = 422


class CannotFollowRule(Refused):
    """A rule cannot do its deed with this envelope."""

    code = "cannot-follow-rule"
