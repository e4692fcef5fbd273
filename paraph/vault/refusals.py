"""Why the vault says no, in words for whoever asked."""

from paraph.kit.errors import Refused


class OnHold(Refused):
    """Something is on hold: it stays, whatever else is said."""


class NotHere(Refused):
    """Somebody else has taken it away meanwhile."""

    code = "not-here"
    status = 404


class NoReason(Refused):
    """A hold needs a reason that others understand later."""


class CannotErase(Refused):
    """A person's data is needed for something that is still going on."""
