"""The specification: which statuses an envelope and a party have, and which step joins which."""

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.kit.errors import Refused


class Status(TextChoices):
    """Where an envelope stands."""

    DRAFT = "draft", _("Preparing")
    SENT = "sent", _("Sent")
    CLOSING = "closing", _("Closing")
    COMPLETED = "completed", _("Signed")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    CANCELLED = "cancelled", _("Cancelled")


class Step(TextChoices):
    """What moves an envelope."""

    SEND = "send", _("Send")
    CLOSE = "close", _("Close")
    COMPLETE = "complete", _("Complete")
    DECLINE = "decline", _("Decline")
    EXPIRE = "expire", _("Expire")
    CANCEL = "cancel", _("Cancel")


LIFECYCLE: dict[Step, tuple[Status, Status]] = {
    Step.SEND: (Status.DRAFT, Status.SENT),
    Step.CLOSE: (Status.SENT, Status.CLOSING),
    Step.COMPLETE: (Status.CLOSING, Status.COMPLETED),
    Step.DECLINE: (Status.SENT, Status.DECLINED),
    Step.EXPIRE: (Status.SENT, Status.EXPIRED),
    Step.CANCEL: (Status.SENT, Status.CANCELLED),
}

OPEN = frozenset({Status.DRAFT, Status.SENT, Status.CLOSING})


class PartyStatus(TextChoices):
    """How far one party is."""

    WAITING = "waiting", _("Waiting for their turn")
    ASKED = "asked", _("Asked")
    OPENED = "opened", _("Opened")
    PROVEN = "proven", _("Identity proven")
    SIGNING = "signing", _("Signing")
    SIGNED = "signed", _("Signed")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    REPLACED = "replaced", _("Replaced")
    RELEASED = "released", _("Not needed any more")


class PartyStep(TextChoices):
    """What moves a party."""

    ASK = "ask", _("Ask")
    OPEN = "open", _("Open")
    PROVE = "prove", _("Prove identity")
    INTEND = "intend", _("Press Sign")
    SIGN = "sign", _("Sign")
    WITHDRAW = "withdraw", _("Withdraw")
    APPROVE = "approve", _("Approve")
    DECLINE = "decline", _("Decline")
    REPLACE = "replace", _("Replace")
    RELEASE = "release", _("Release")


# Those who have not acted and may still be taken out of the line.
IN_LINE = frozenset(
    {PartyStatus.WAITING, PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN}
)
# Those for whom nobody waits any more; all but the last two have acted.
DONE = frozenset(
    {PartyStatus.SIGNED, PartyStatus.APPROVED, PartyStatus.REPLACED, PartyStatus.RELEASED}
)

PARTY_LIFECYCLE: dict[PartyStep, tuple[frozenset[PartyStatus], PartyStatus]] = {
    PartyStep.ASK: (frozenset({PartyStatus.WAITING}), PartyStatus.ASKED),
    PartyStep.OPEN: (frozenset({PartyStatus.ASKED}), PartyStatus.OPENED),
    PartyStep.PROVE: (
        frozenset({PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN}),
        PartyStatus.PROVEN,
    ),
    PartyStep.INTEND: (frozenset({PartyStatus.PROVEN}), PartyStatus.SIGNING),
    PartyStep.SIGN: (frozenset({PartyStatus.SIGNING}), PartyStatus.SIGNED),
    PartyStep.WITHDRAW: (frozenset({PartyStatus.SIGNING}), PartyStatus.PROVEN),
    PartyStep.APPROVE: (frozenset({PartyStatus.PROVEN}), PartyStatus.APPROVED),
    PartyStep.DECLINE: (frozenset({PartyStatus.PROVEN}), PartyStatus.DECLINED),
    PartyStep.REPLACE: (IN_LINE, PartyStatus.REPLACED),
    PartyStep.RELEASE: (IN_LINE, PartyStatus.RELEASED),
}


class StepNotPossible(Refused):
    """The table has no such step from where things stand."""

    code = "step-not-possible"


def after(step: Step, status: Status) -> Status:
    """Return the status that the step leads to; raises ``StepNotPossible`` from any other."""
    before, following = LIFECYCLE[step]
    if status is not before:
        raise StepNotPossible(gettext("This document is no longer where this is possible."))
    return following


def after_party(step: PartyStep, status: PartyStatus) -> PartyStatus:
    """Return the party's status after the step; raises ``StepNotPossible``."""
    before, following = PARTY_LIFECYCLE[step]
    if status not in before:
        raise StepNotPossible(gettext("This is not possible any more."))
    return following
