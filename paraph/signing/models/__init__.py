"""What travels to be signed: envelopes, their parties and fields, and each party's act."""

from .acts import Act, Acts
from .authority import (
    AuthorityState,
    CompanySeal,
    CompanySeals,
    Stamping,
    StampOrder,
    StatusAnswer,
    TimeSource,
)
from .entry import Code, Codes, Link, Pad, SigningSession, Stack, StackItem
from .envelopes import Enclosure, Envelope, Envelopes
from .fields import Field, FieldKind
from .layouts import Layout, MarkedPlaces
from .parties import Channel, Parties, Party, PartyGroup, PartyRole, Proof
from .questions import Question
from .standing import ACTING, Standing
from .watching import AttentionRule, Before

__all__ = [
    "ACTING",
    "Act",
    "Acts",
    "AttentionRule",
    "AuthorityState",
    "Before",
    "Channel",
    "Code",
    "Codes",
    "CompanySeal",
    "CompanySeals",
    "Enclosure",
    "Envelope",
    "Envelopes",
    "Field",
    "FieldKind",
    "Layout",
    "Link",
    "MarkedPlaces",
    "Pad",
    "Parties",
    "Party",
    "PartyGroup",
    "PartyRole",
    "Proof",
    "Question",
    "SigningSession",
    "Stack",
    "StackItem",
    "StampOrder",
    "Stamping",
    "Standing",
    "StatusAnswer",
    "TimeSource",
]
