"""Every refusal of comments: its stable code. The reasons are given where it is refused."""

from paraph.kit.errors import Refused


class CannotComment(Refused):
    """The comment says nothing, or calls somebody who may not read it."""

    code = "cannot-comment"
    status = 422


class TooLateToChange(Refused):
    """A comment stays as it is after a while, and never changes by another's hand."""

    code = "too-late-to-change"
