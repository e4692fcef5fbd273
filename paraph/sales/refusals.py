"""Every refusal of sales: its stable code. The reasons are given where it is refused."""

from paraph.kit.errors import Refused


class CannotSaveDeal(Refused):
    """Something that must be there is missing, or does not fit."""

    code = "cannot-save-deal"
    status = 422


class CannotDeleteDeal(Refused):
    """Documents still belong to the deal."""

    code = "cannot-delete-deal"


class CannotMove(Refused):
    """The deal does not go where it was put."""

    code = "cannot-move"


class CannotChangePipeline(Refused):
    """A pipeline cannot be without what was taken from it."""

    code = "cannot-change-pipeline"
