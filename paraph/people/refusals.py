"""What people may be refused here, each with a stable code."""

from paraph.kit.errors import Refused


class AlreadySetUp(Refused):
    """Set-up happens once."""

    code = "already-set-up"


class EmailTaken(Refused):
    """Somebody signs in with this address already."""

    code = "email-taken"


class NobodyLeftToLetIn(Refused):
    """Afterwards nobody could change what people may do, for ever."""

    code = "nobody-left-to-let-in"


class ChangedMeanwhile(Refused):
    """Somebody else changed the same cell since it was shown."""

    code = "changed-meanwhile"


class NameTaken(Refused):
    """Another one has this name already."""

    code = "name-taken"


class CannotInvite(Refused):
    """The letter could not be sent, or the person is here already."""

    code = "cannot-invite"


class InvitationOver(Refused):
    """The link was used, replaced, withdrawn, or has grown too old."""

    code = "invitation-over"
    status = 410


class CannotLeave(Refused):
    """This account cannot be closed like that."""

    code = "cannot-leave"


class CannotMove(Refused):
    """A department cannot hang below itself, nor below one that is gone."""

    code = "cannot-move"


class NotEmpty(Refused):
    """Something still belongs to it."""

    code = "not-empty"
