"""What travels to be signed: envelopes, their parties and fields, and each party's act."""

from .acts import Act
from .authority import AuthorityState
from .entry import Code, Link, SigningSession
from .envelopes import Enclosure, Envelope, Envelopes
from .fields import Field, FieldKind
from .parties import Channel, Parties, Party, PartyRole

__all__ = [
    "Act",
    "AuthorityState",
    "Channel",
    "Code",
    "Enclosure",
    "Envelope",
    "Envelopes",
    "Field",
    "FieldKind",
    "Link",
    "Parties",
    "Party",
    "PartyRole",
    "SigningSession",
]
