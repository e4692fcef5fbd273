"""What people choose while preparing and signing, as values that actions take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from ipaddress import ip_address

from paraph.contacts.models import Contact
from paraph.people.models import Employee

from .models import Channel, PartyRole


@dataclass(frozen=True)
class PartyChoice:
    """Somebody chosen as a party: an employee of ours or a contact; neither, while still open."""

    employee: Employee | None = None
    contact: Contact | None = None
    group: int = 1
    role: str = PartyRole.SIGNER
    link_channel: str = Channel.EMAIL
    code_channel: str = Channel.EMAIL
    names_next: bool = False
    time_zone: str = ""
    language: str = ""  # as the sender chose it; empty: the person's own


def two_parties(
    signer: Employee | None,
    client: Contact | None,
    *,
    link_channel: str = Channel.SMS,
    code_channel: str = Channel.SMS,
) -> list[PartyChoice]:
    """Return the plain default: our signer first, by e-mail; then the client, by SMS."""
    ours = PartyChoice(employee=signer, group=1)
    theirs = PartyChoice(
        contact=client, group=2, link_channel=link_channel, code_channel=code_channel
    )
    return [ours, theirs]


@dataclass(frozen=True)
class Successor:
    """Who acts instead of a party or after it: one of ours, a contact, or whom a party names."""

    employee: Employee | None = None
    contact: Contact | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = ""
    channel: str = Channel.EMAIL  # of the link
    code_channel: str = ""  # when the sender chooses it anew; else as the place demands

    @property
    def person(self) -> Employee | Contact | None:
        return self.employee or self.contact


@dataclass(frozen=True)
class Reach:
    """How a party is reached: addresses, channels, language; None leaves it as it is."""

    email: str | None = None
    phone: str | None = None
    link_channel: str | None = None
    code_channel: str | None = None
    language: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True)
class Placement:
    """Where a field goes: points from the displayed page's top left. An ``id`` keeps its row."""

    party_id: int
    document_id: int
    kind: str
    page: int
    x: float
    y: float
    width: float
    height: float
    label: str = ""
    is_required: bool = True
    options: Sequence[str] = ()
    source: str = ""
    id: int | None = None


@dataclass(frozen=True)
class Description:
    """What the sender says about an envelope."""

    title: str
    message: str = ""
    deadline_at: datetime | None = None
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True)
class Origin:
    """From where somebody acted, for the evidence; an address that is none is not kept.

    A proxy may put anything in its place, and a signature must not fail on it.
    """

    ip: str | None = None
    user_agent: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "ip", _address(self.ip))


def _address(text: str | None) -> str | None:
    try:
        return str(ip_address(text or ""))
    except ValueError:
        return None
