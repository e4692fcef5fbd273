"""How a draft's parties act together: how many of each group, who may hand over, how often
somebody is reminded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from paraph import journal
from paraph.journal import Actor
from paraph.kit import db

from .. import rules, steps
from ..lifecycle import Status
from ..line_events import RemindersChanged
from ..models import Envelope, PartyGroup
from ..refusals import CannotChoose

MOST_DAYS = 60
MOST_REMINDERS = 10


@db.transaction
def arrange(envelope: Envelope, *, needed: Mapping[int, int | None], may_hand_over: bool) -> None:
    """Say how many of each group have to act (None: everybody), and whether parties may have
    a colleague act instead."""
    steps.hold_draft(envelope, otherwise=_("This document was sent; it can not be changed."))
    if any(count is not None and count < 1 for count in needed.values()):
        raise CannotChoose(_("At least one of a group has to act."))
    envelope.groups.all().delete()
    PartyGroup.objects.bulk_create(
        PartyGroup(envelope=envelope, number=group, needed=count)
        for group, count in needed.items()
        if count is not None
    )
    envelope.may_hand_over = may_hand_over
    envelope.save(update_fields=["may_hand_over"])


@db.transaction
def change_reminders(
    envelope: Envelope, *, policy: rules.Policy | None, by: Actor, at: datetime
) -> None:
    """Say how often parties are reminded by themselves; None: never. Also while it travels."""
    envelope.lock()
    if envelope.status not in {Status.DRAFT, Status.SENT}:
        raise CannotChoose(_("There is nothing left to wait for."))
    kept = vars(policy) if policy else {}
    if kept and not _is_sane(kept):
        raise CannotChoose(
            _("Remind at most %(count)d times, within %(days)d days.")
            % {"count": MOST_REMINDERS, "days": MOST_DAYS}
        )
    if kept == envelope.reminders:
        return
    envelope.reminders = kept
    envelope.save(update_fields=["reminders"])
    journal.record(RemindersChanged(envelope.pk, kept), by=by, at=at)


def _is_sane(policy: Mapping[str, int]) -> bool:
    days = (policy["first_after_days"], policy["every_days"])
    return all(1 <= count <= MOST_DAYS for count in days) and (
        1 <= policy["at_most"] <= MOST_REMINDERS
    )
