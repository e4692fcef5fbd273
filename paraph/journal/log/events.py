"""What happens to the log itself."""

from dataclasses import dataclass

from paraph.journal.events import LoggedEvent


@dataclass(frozen=True)
class LogOpened(LoggedEvent):
    """A log began; its first entry. ``previous`` is the last checkpoint of the log before."""

    name = "log.opened"
    number: int
    public_key: str
    previous: str
