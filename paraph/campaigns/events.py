"""What happens to segments, campaigns and consent."""

from dataclasses import dataclass

from paraph.journal import Event


@dataclass(frozen=True)
class SegmentSaved(Event):
    """A segment was put together or changed."""

    name = "segment.saved"
    segment_id: int
    title: str


@dataclass(frozen=True)
class SegmentDeleted(Event):
    """A segment was thrown away; its contacts stay."""

    name = "segment.deleted"
    segment_id: int
    title: str


@dataclass(frozen=True)
class SegmentHandedOver(Event):
    """Somebody else is responsible for a segment now."""

    name = "segment.handed-over"
    segment_id: int
    before: str
    after: str


@dataclass(frozen=True)
class CampaignHandedOver(Event):
    """Somebody else is responsible for a campaign now."""

    name = "campaign.handed-over"
    campaign_id: int
    before: str
    after: str


@dataclass(frozen=True)
class ContactsAdded(Event):
    """Contacts were added to a segment, or to a campaign, by hand."""

    name = "segment.contacts-added"
    segment_id: int
    title: str
    number: int
    campaign_id: int | None = None


@dataclass(frozen=True)
class CampaignCreated(Event):
    """A campaign was begun."""

    name = "campaign.created"
    campaign_id: int
    title: str


@dataclass(frozen=True)
class CampaignEdited(Event):
    """What a campaign says, or to whom, was changed."""

    name = "campaign.edited"
    campaign_id: int
    changes: dict[str, list[str]]


@dataclass(frozen=True)
class CampaignDeleted(Event):
    """A draft was thrown away."""

    name = "campaign.deleted"
    campaign_id: int
    title: str


@dataclass(frozen=True)
class CampaignLaunched(Event):
    """A campaign began to be sent."""

    name = "campaign.launched"
    campaign_id: int
    title: str
    audience: int = 0


@dataclass(frozen=True)
class CampaignPaused(Event):
    """Sending stopped for the time being; also by itself, when whoever was responsible left."""

    name = "campaign.paused"
    campaign_id: int
    title: str
    left: str = ""


@dataclass(frozen=True)
class CampaignResumed(Event):
    """Sending went on."""

    name = "campaign.resumed"
    campaign_id: int
    title: str


@dataclass(frozen=True)
class CampaignCancelled(Event):
    """Sending stopped for good."""

    name = "campaign.cancelled"
    campaign_id: int
    title: str


@dataclass(frozen=True)
class CampaignFinished(Event):
    """Everybody had their turn."""

    name = "campaign.finished"
    campaign_id: int
    title: str
    written: int
    skipped: int


@dataclass(frozen=True)
class CampaignTested(Event):
    """Somebody had the message sent to themselves."""

    name = "campaign.tested"
    campaign_id: int
    title: str
    address: str


@dataclass(frozen=True)
class ConsentChanged(Event):
    """A contact agreed to be written to by a channel, or no longer agrees."""

    name = "consent.changed"
    contact_id: int
    channel: str
    is_given: bool
    source: str


@dataclass(frozen=True)
class Unsubscribed(Event):
    """Somebody asked, by the link in a message, not to be written to any more."""

    name = "contact.unsubscribed"
    contact_id: int | None
    campaign_id: int
    channel: str


@dataclass(frozen=True)
class Resubscribed(Event):
    """Somebody took it back at once: it was a mistake."""

    name = "contact.resubscribed"
    contact_id: int | None
    campaign_id: int
    channel: str
