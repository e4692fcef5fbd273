"""Comments go with what they are about."""

from paraph.kit.jobs import job

from .actions import erase_comments


@job
def forget_comments(contact_id: int | None = None) -> None:
    """Erase what was said of a person whose data was erased, and of whatever is gone."""
    erase_comments(contact_id)
