"""What people write about a campaign and a segment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from paraph.contacts.models import Company
from paraph.kit.filters import Criteria

from .models import Campaign, Channel, Segment

BESIDE = {"segments", "offered"}
"""What a card says that is no column."""


@dataclass(frozen=True)
class CampaignCard:
    """What a draft says, and to whom."""

    title: str
    company: Company
    channel: str = Channel.EMAIL
    language: str = "en"
    subject: str = ""
    text: str = ""
    rate: int = 120
    is_shared: bool = False
    segments: Sequence[Segment] = ()
    offered: Sequence[Segment] | None = None
    """Those there were to choose from; the others a campaign has stay. ``None``: all."""

    @property
    def written(self) -> dict[str, object]:
        """Return the columns."""
        names = set(self.__dataclass_fields__) - BESIDE
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class SegmentCard:
    """A segment: a name, and a filter of contacts unless it is a fixed list."""

    name: str
    kind: str
    criteria: Criteria = field(default_factory=dict)
    is_shared: bool = False


def card_of(campaign: Campaign) -> CampaignCard:
    """Return what a campaign says now."""
    names = set(CampaignCard.__dataclass_fields__) - BESIDE
    values = {name: getattr(campaign, name) for name in names}
    return CampaignCard(**values, segments=list(campaign.segments.all()))
