"""The specification: which statuses a campaign has, and which step joins which."""

from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from paraph.kit.errors import Refused


class Status(TextChoices):
    """Where a campaign stands."""

    DRAFT = "draft", _("Draft")
    SENDING = "sending", _("Being sent")
    PAUSED = "paused", _("Paused")
    SENT = "sent", _("Sent")
    CANCELLED = "cancelled", _("Cancelled")


class Step(TextChoices):
    """What moves a campaign."""

    LAUNCH = "launch", _("Send")
    PAUSE = "pause", _("Pause")
    RESUME = "resume", _("Go on")
    FINISH = "finish", _("Finish")
    CANCEL = "cancel", _("Cancel")


LIFECYCLE: dict[Step, tuple[frozenset[Status], Status]] = {
    Step.LAUNCH: (frozenset({Status.DRAFT}), Status.SENDING),
    Step.PAUSE: (frozenset({Status.SENDING}), Status.PAUSED),
    Step.RESUME: (frozenset({Status.PAUSED}), Status.SENDING),
    Step.FINISH: (frozenset({Status.SENDING}), Status.SENT),
    Step.CANCEL: (frozenset({Status.SENDING, Status.PAUSED}), Status.CANCELLED),
}


class Outcome(TextChoices):
    """What has become of a campaign's message to one contact."""

    WAITING = "waiting", _("Waiting")
    WRITTEN = "written", _("Written")
    SKIPPED = "skipped", _("Left out")


class StepNotPossible(Refused):
    """The table has no such step from where the campaign stands."""

    code = "campaign-step-not-possible"


def after(step: Step, status: Status) -> Status:
    """Return the status that the step leads to; raises ``StepNotPossible``."""
    before, following = LIFECYCLE[step]
    if status not in before:
        raise StepNotPossible(gettext("This campaign is no longer where this is possible."))
    return following
