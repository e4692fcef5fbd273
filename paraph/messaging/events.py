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


@dataclass(frozen=True)
class MessageReturned(Event):
    """A message came back, or no carrier will ever take it: on its reader's timeline."""

    name = "message.returned"
    noun: str
    noun_id: int
    message: int
    kind: str
    channel: str
    recipient: str
    reason: str

    def subjects(self) -> list[tuple[str, int]]:
        return [(self.noun, self.noun_id)]


@dataclass(frozen=True)
class OwnWordsWritten(Event):
    """A company says something in its own words from now on, or in the usual ones again."""

    name = "own-words.written"
    kind: str
    language: str
    changes: dict[str, list[str]]
