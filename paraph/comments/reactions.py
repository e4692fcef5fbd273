"""When this happened elsewhere, then do that with comments."""

from paraph.contacts.events import ContactErased
from paraph.journal import reacts_to
from paraph.kit.jobs import enqueue

from .jobs import forget_comments


@reacts_to(ContactErased)
def forget_what_was_said(event: ContactErased) -> None:
    """Keep that somebody wrote about the person, and not what."""
    enqueue(forget_comments, contact_id=event.contact_id)
