"""When this happened, then do that."""

from django.utils import timezone, translation

from paraph.journal import SYSTEM, reacts_to
from paraph.kit.jobs import enqueue
from paraph.people.events import EmployeeLeft, InstallationSetUp
from paraph.people.models import Installation

from .actions.pipelines import make_pipeline
from .defaults import default_name, default_stages
from .jobs import hand_over_deals
from .models import Pipeline


@reacts_to(InstallationSetUp)
def begin_with_a_pipeline(event: InstallationSetUp) -> None:
    """Give a new installation its first pipeline, in its own language."""
    if Pipeline.objects.exists():
        return
    with translation.override(Installation.here().language):
        make_pipeline(default_name(), default_stages(), by=SYSTEM, at=timezone.now())


@reacts_to(EmployeeLeft)
def hand_over_what_was_theirs(event: EmployeeLeft) -> None:
    """Give the deals of somebody who left to whoever inherits."""
    if event.heir_id is not None:
        enqueue(hand_over_deals, employee_id=event.employee_id, heir_id=event.heir_id)
