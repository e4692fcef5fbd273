"""What happens to messages as a whole."""

from dataclasses import dataclass

from paraph.journal.events import Event


@dataclass(frozen=True)
class MessagesHeld(Event):
    """A restored copy keeps its messages back: the first installation may have sent them."""

    name = "messages.held"
    count: int


@dataclass(frozen=True)
class MessagesReleased(Event):
    """Held messages leave after all."""

    name = "messages.released"
    count: int


@dataclass(frozen=True)
class MessagesDiscarded(Event):
    """Held messages are never sent."""

    name = "messages.discarded"
    count: int
