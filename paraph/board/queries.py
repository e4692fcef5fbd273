"""What the board shows, in a number of queries that does not grow with the cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from paraph.kit.search import Count, Keyset, Page, capped_count
from paraph.people.models import Employee
from paraph.signing.lifecycle import Status
from paraph.signing.models import ACTING, Envelope, Party

from .stages import Stage, standing_in

NEWEST_FIRST = Keyset(("created_at", "id"), descending=True)
CARDS = 20


@dataclass(frozen=True)
class Card:
    """An envelope on the board: who must act now, since when, until when."""

    envelope: Envelope
    client: str
    acting: Sequence[Party]
    since: datetime | None
    is_overdue: bool


@dataclass(frozen=True)
class Column:
    """One stage with its newest cards and the cursor that leads on."""

    stage: Stage
    count: Count
    cards: Sequence[Card]
    next: str | None


def board(person: Employee, *, search: str, at: datetime) -> list[Column]:
    """Return every column with its first cards."""
    return [column(person, stage, search=search, cursor=None, at=at) for stage in Stage]


def column(
    person: Employee, stage: Stage, *, search: str, cursor: str | None, at: datetime
) -> Column:
    """Return one column from the cursor on."""
    rows = standing_in(Envelope.objects.visible_to(person), stage)
    if search.strip():
        rows = rows.matching(search)
    parties = Prefetch("parties", Party.objects.select_related("contact__company").in_order())
    shown = rows.select_related("responsible", "company").prefetch_related(parties)
    page: Page[Envelope] = NEWEST_FIRST.page(shown, cursor=cursor, size=CARDS)
    cards = [card(envelope, at=at) for envelope in page.rows]
    return Column(stage, capped_count(rows), cards, page.next)


def card(envelope: Envelope, *, at: datetime) -> Card:
    """Return an envelope's card; its parties are loaded already."""
    parties = list(envelope.parties.all())
    is_travelling = envelope.status == Status.SENT
    acting = [party for party in parties if is_travelling and party.status in ACTING]
    client = next((party for party in parties if not party.is_ours), None)
    asked = [party.asked_at for party in acting if party.asked_at]
    late = envelope.status == Status.SENT and envelope.deadline_at is not None
    return Card(
        envelope=envelope,
        client=_client_name(client),
        acting=acting,
        since=min(asked, default=envelope.closed_at or envelope.sent_at or envelope.created_at),
        is_overdue=late and envelope.deadline_at is not None and envelope.deadline_at < at,
    )


def _client_name(party: Party | None) -> str:
    if party is None:
        return ""
    company = party.contact.company if party.contact else None
    return f"{party.name} · {company.name}" if company else party.name
