"""When this happened elsewhere, then do that with campaigns."""

from paraph.contacts.events import ContactErased
from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue
from paraph.people.events import EmployeeLeft

from .events import CampaignLaunched, CampaignResumed
from .jobs import forget_recipient, hand_over_campaigns, order_turn


@reacts_to(EmployeeLeft)
def hand_over_their_campaigns(event: EmployeeLeft) -> None:
    """Give the heir what the person was responsible for."""
    if event.heir_id is not None:
        enqueue(hand_over_campaigns, employee_id=event.employee_id, heir_id=event.heir_id)


@reacts_to(CampaignLaunched)
def take_the_first_turn(event: CampaignLaunched) -> None:
    """Begin to gather and to write."""
    order_turn(event.campaign_id)


@reacts_to(CampaignResumed)
def take_the_next_turn(event: CampaignResumed) -> None:
    """Go on where it stopped."""
    order_turn(event.campaign_id)


@reacts_to(ContactErased)
def forget_who_was_written_to(event: ContactErased) -> None:
    """Keep that somebody was written to, and not who."""
    enqueue(forget_recipient, contact_id=event.contact_id)
