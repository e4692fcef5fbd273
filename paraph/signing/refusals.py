"""Every refusal of signing: its stable code. The reasons are given where it is refused."""

from paraph.kit.errors import Refused


class NotADraft(Refused):
    """What was sent is no longer prepared."""

    code = "not-a-draft"


class CannotPlace(Refused):
    """A field does not belong where it was put."""

    code = "cannot-place"


class PlacesChanged(Refused):
    """Somebody else placed fields since these were shown."""

    code = "places-changed"
    status = 409


class CannotChoose(Refused):
    """These parties or documents do not go into this envelope."""

    code = "cannot-choose"


class CannotSend(Refused):
    """Something still stands in the way of sending."""

    code = "cannot-send"


class CannotCancel(Refused):
    """The envelope can not be called back now."""

    code = "cannot-cancel"


class CannotRemind(Refused):
    """This party has nothing to be reminded of, or was reminded a moment ago."""

    code = "cannot-remind"


class CannotCopy(Refused):
    """This party's link may not pass through the sender's hands."""

    code = "cannot-copy"


class CannotExtend(Refused):
    """The deadline can not be moved there."""

    code = "cannot-extend"


class LinkExpired(Refused):
    """The link is unknown, revoked, or its time is over; which of these is not told."""

    code = "link-expired"
    status = 410


class LinkLocked(Refused):
    """Too many wrong codes: only a new link from the sender helps."""

    code = "link-locked"


class CodeTooSoon(Refused):
    """The last code was sent less than a minute ago."""

    code = "code-too-soon"
    status = 429


class TooManyCodes(Refused):
    """This link has had its codes for the hour."""

    code = "too-many-codes"
    status = 429


class CannotProve(Refused):
    """This is not the way in which this party proves who they are."""

    code = "cannot-prove"


class CannotStack(Refused):
    """These documents can not be signed together now."""

    code = "cannot-stack"


class CodeWrong(Refused):
    """These are not the digits that were sent."""

    code = "code-wrong"


class CodeExpired(Refused):
    """There is no code that could be entered: none sent, too old, used, or tried too often."""

    code = "code-expired"


class SessionExpired(Refused):
    """The person has to prove themselves again."""

    code = "session-expired"
    status = 403


class NotYourTurn(Refused):
    """This party is not asked to do anything now."""

    code = "not-your-turn"


class CannotSave(Refused):
    """This value does not fit the field."""

    code = "cannot-save"


class CannotSign(Refused):
    """Something is still missing before signing."""

    code = "cannot-sign"


class ShownHasChanged(Refused):
    """Somebody signed since the document was shown: it must be looked at again."""

    code = "shown-has-changed"


class CannotDecline(Refused):
    """This party has nothing to decline, or gave no reason."""

    code = "cannot-decline"


class CannotReplace(Refused):
    """This party can not be replaced, or not by this person."""

    code = "cannot-replace"


class CannotCorrect(Refused):
    """This can not be corrected now, or not like this."""

    code = "cannot-correct"


class CannotWithdraw(Refused):
    """What was pressed is being sealed, or has been."""

    code = "cannot-withdraw"


class CannotAsk(Refused):
    """There is no question, or nobody to answer it."""

    code = "cannot-ask"


class CannotSeal(Refused):
    """The certificate cannot be the company's seal."""

    code = "cannot-seal"
    status = 422


class SealUnusable(Exception):
    """The company's key cannot be used: kept under another master key, or not in the token."""
