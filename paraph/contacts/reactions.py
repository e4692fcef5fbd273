"""When this happened elsewhere, then do that in the directory."""

from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue
from paraph.people.events import EmployeeLeft

from .jobs import hand_over_directory_of


@reacts_to(EmployeeLeft)
def hand_over_the_directory(event: EmployeeLeft) -> None:
    """Give the heir what the person was responsible for."""
    if event.heir_id is not None:
        enqueue(hand_over_directory_of, employee_id=event.employee_id, heir_id=event.heir_id)
