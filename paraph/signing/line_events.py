"""The facts of who stands in the line of parties while the documents travel, and what they ask."""

from __future__ import annotations

from dataclasses import dataclass

from paraph.journal.events import Event, LoggedEvent


@dataclass(frozen=True)
class PartyApproved(LoggedEvent):
    """A party approved what it was shown; an approval is no signature in the documents."""

    name = "party.approved"
    envelope_id: int
    party_id: int
    party: str
    code_id: int
    channel: str
    recipient: str
    shown: dict[str, str]
    terms: str
    ip: str | None
    user_agent: str


@dataclass(frozen=True)
class PartyReleased(LoggedEvent):
    """Enough of the group have acted: this party is not needed any more."""

    name = "party.released"
    envelope_id: int
    party_id: int
    party: str


@dataclass(frozen=True)
class LinkCopied(LoggedEvent):
    """The sender took a way in of the party's, to hand it over by a way of their own."""

    name = "link.copied"
    envelope_id: int
    party_id: int
    party: str


@dataclass(frozen=True)
class PartyReplaced(LoggedEvent):
    """Somebody else acts instead: chosen by the sender, or by the party that was proven."""

    name = "party.replaced"
    envelope_id: int
    party_id: int
    successor_id: int
    party: str
    successor: str
    reason: str
    code_id: int | None = None
    ip: str | None = None
    user_agent: str = ""


@dataclass(frozen=True)
class PartyNominated(LoggedEvent):
    """A party said who acts in the next group."""

    name = "party.nominated"
    envelope_id: int
    party_id: int
    party: str
    named_by: str
    code_id: int
    ip: str | None
    user_agent: str


@dataclass(frozen=True)
class PartyCorrected(LoggedEvent):
    """The sender corrected how a party is reached; each change is before and after."""

    name = "party.corrected"
    envelope_id: int
    party_id: int
    party: str
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class SigningWithdrawn(LoggedEvent):
    """What a party had pressed could not be sealed and does not count; it may sign again."""

    name = "signing.withdrawn"
    envelope_id: int
    party_id: int
    act_id: int
    party: str


@dataclass(frozen=True)
class EnvelopeCorrected(LoggedEvent):
    """The sender called the envelope back to correct it: what was signed does not count."""

    name = "envelope.corrected"
    envelope_id: int
    title: str
    reason: str
    withdrawn: list[str]  # those who had signed or approved


@dataclass(frozen=True)
class RemindersChanged(Event):
    """The sender said how often parties are reminded by themselves; empty when never."""

    name = "reminders.changed"
    envelope_id: int
    policy: dict[str, int]


@dataclass(frozen=True)
class QuestionAsked(LoggedEvent):
    """A party asked who is responsible something before it signs."""

    name = "question.asked"
    envelope_id: int
    party_id: int
    question_id: int
    party: str
    text: str


@dataclass(frozen=True)
class QuestionAnswered(LoggedEvent):
    """A party's question was answered."""

    name = "question.answered"
    envelope_id: int
    party_id: int
    question_id: int
    party: str
    text: str
