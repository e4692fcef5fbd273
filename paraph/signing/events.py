"""The facts of signing, in the past tense: what the timeline, the evidence and the board read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from paraph.journal.events import Event, LoggedEvent


@dataclass(frozen=True)
class EnvelopeCreated(Event):
    """A draft was begun."""

    name = "envelope.created"
    envelope_id: int
    title: str
    deal_id: int | None = None


@dataclass(frozen=True)
class EnvelopeDeleted(Event):
    """A draft was thrown away."""

    name = "envelope.deleted"
    envelope_id: int
    title: str


@dataclass(frozen=True)
class EnvelopeHandedOver(Event):
    """Who was responsible left; somebody else is now."""

    name = "envelope.handed-over"
    envelope_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class EnvelopeSent(LoggedEvent):
    """A draft was sent; from here on its documents do not change but by signing."""

    name = "envelope.sent"
    envelope_id: int
    title: str


@dataclass(frozen=True)
class EnvelopePrepared(LoggedEvent):
    """The documents were laid out for signing and certified by the installation's seal."""

    name = "envelope.prepared"
    envelope_id: int
    title: str


@dataclass(frozen=True)
class EnvelopeDeclined(LoggedEvent):
    """A party does not sign: the envelope ends."""

    name = "envelope.declined"
    envelope_id: int
    title: str
    party: str
    reason: str


@dataclass(frozen=True)
class EnvelopeCancelled(LoggedEvent):
    """The sender called the envelope back."""

    name = "envelope.cancelled"
    envelope_id: int
    title: str
    reason: str


@dataclass(frozen=True)
class EnvelopeExpired(LoggedEvent):
    """The deadline passed before everybody had signed."""

    name = "envelope.expired"
    envelope_id: int
    title: str


@dataclass(frozen=True)
class EnvelopeClosing(LoggedEvent):
    """Everybody has signed: the closing seal follows."""

    name = "envelope.closing"
    envelope_id: int
    title: str


@dataclass(frozen=True)
class EnvelopeCompleted(LoggedEvent):
    """The documents are signed by everybody and closed by the seal."""

    name = "envelope.completed"
    envelope_id: int
    title: str
    # Which service outside stamped the time; the installation alone when empty.
    stamped_by: str = ""


@dataclass(frozen=True)
class DeadlineExtended(LoggedEvent):
    """The sender gave more time; without a deadline the moment is empty."""

    name = "deadline.extended"
    envelope_id: int
    until: str


@dataclass(frozen=True)
class PartyAsked(LoggedEvent):
    """A party's turn came, and a link was written to them."""

    name = "party.asked"
    envelope_id: int
    party_id: int
    party: str
    channel: str
    recipient: str


@dataclass(frozen=True)
class PartyReminded(LoggedEvent):
    """A party was written to again."""

    name = "party.reminded"
    envelope_id: int
    party_id: int
    party: str
    channel: str
    recipient: str


@dataclass(frozen=True)
class LinkRenewed(LoggedEvent):
    """The sender replaced a party's links by a new one."""

    name = "link.renewed"
    envelope_id: int
    party_id: int
    party: str
    channel: str
    recipient: str


@dataclass(frozen=True)
class LinkRevoked(LoggedEvent):
    """A link opens nothing any more."""

    name = "link.revoked"
    envelope_id: int
    party_id: int
    link_id: int


@dataclass(frozen=True)
class PartyOpened(LoggedEvent):
    """A party followed the link and pressed a button there, for the first time."""

    name = "party.opened"
    envelope_id: int
    party_id: int
    party: str
    ip: str | None
    user_agent: str


@dataclass(frozen=True)
class AccessCodeAgreed(Event):
    """The sender agreed an access code with a party, or none any more; its words are not kept."""

    name = "party.access-agreed"
    envelope_id: int
    party_id: int
    party: str
    is_agreed: bool


@dataclass(frozen=True)
class CodeRequested(LoggedEvent):
    """A party asked for a code, and one was written to them."""

    name = "code.requested"
    envelope_id: int
    party_id: int
    code_id: int
    channel: str
    recipient: str
    ip: str | None


@dataclass(frozen=True)
class CodeRefused(LoggedEvent):
    """Somebody entered digits that were not the code's."""

    name = "code.refused"
    envelope_id: int
    party_id: int
    code_id: int
    ip: str | None
    user_agent: str


@dataclass(frozen=True)
class PartyProven(LoggedEvent):
    """A party proved who they are: from here they may read, fill and sign.

    ``channel`` names the proof; a code of a stack opened more than this envelope.
    """

    name = "party.proven"
    envelope_id: int
    party_id: int
    party: str
    code_id: int
    channel: str
    recipient: str
    documents_hash: str
    ip: str | None
    user_agent: str
    stack_id: int | None = None


@dataclass(frozen=True)
class SigningIntended(LoggedEvent):
    """A party pressed Sign: what was seen, accepted and proven, before anything is sealed."""

    name = "signing.intended"
    envelope_id: int
    party_id: int
    party: str
    act_id: int
    code_id: int
    shown: dict[str, str]
    terms: str
    ip: str | None
    user_agent: str
    attached: dict[str, str] = field(default_factory=dict)  # files added, by their hash


@dataclass(frozen=True)
class PartySigned(LoggedEvent):
    """A party's act is in the documents: per document what was shown and what came of it."""

    name = "party.signed"
    envelope_id: int
    party_id: int
    act_id: int
    party: str
    documents: list[dict[str, Any]]  # as Act.documents: numbers and texts


@dataclass(frozen=True)
class PartyDeclined(LoggedEvent):
    """A party said no, and why."""

    name = "party.declined"
    envelope_id: int
    party_id: int
    party: str
    reason: str
    ip: str | None
    user_agent: str


@dataclass(frozen=True)
class FileShared(LoggedEvent):
    """A party was sent a link to the completed documents."""

    name = "file.shared"
    envelope_id: int
    party_id: int
    party: str
    channel: str
    recipient: str
