"""What tests of campaigns begin with: contacts who agreed, a fixed list, a draft."""

from datetime import timedelta

from paraph.campaigns.actions.consenting import give_consent
from paraph.campaigns.actions.drafting import create_campaign
from paraph.campaigns.actions.segments import create_segment
from paraph.campaigns.actions.sending import launch_campaign, write_stretch
from paraph.campaigns.cards import CampaignCard, SegmentCard
from paraph.campaigns.models import Campaign, Recipient, Segment, SegmentKind
from paraph.contacts.actions.creating import create_contact
from paraph.contacts.cards import ContactCard
from paraph.contacts.models import Contact
from paraph.messaging.models import Message
from paraph.people.matrix import RIGHTS, Level, Section
from paraph.people.models import Employee, Grant, Role, RoleGiven
from tests.cast import Cast
from tests.moments import NOON, YESTERDAY

ONE_A_TURN = 12
TURN = timedelta(seconds=5)


def somebody(cast: Cast, first: str, *, email: str = "", phone: str = "") -> Contact:
    """Add one more contact of Alice's."""
    card = ContactCard(last_name="Zimmer", first_name=first, email=email, phone=phone)
    return create_contact(
        card, responsible=cast.alice, by=cast.alice.actor, at=YESTERDAY, may_be_incomplete=True
    )


def let_campaign(person: Employee) -> None:
    """Give a role that no installation begins with: everything with campaigns."""
    role = Role.objects.create(slug="mailer", name="Mailer")
    section = Section.CAMPAIGNS
    Grant.objects.bulk_create(
        Grant(role=role, section=section, right=right, level=Level.ALL)
        for right in RIGHTS[section]
    )
    RoleGiven.objects.create(role=role, employee=person)
    person.__dict__.pop("_levels", None)


def agree(cast: Cast, *contacts: Contact, channel: str = "email") -> None:
    """Let contacts agree to be written to."""
    for contact in contacts:
        give_consent(contact, channel=channel, source="fair", by=cast.alice.actor, at=NOON)


def fixed(cast: Cast, *contacts: Contact, name: str = "Spring") -> Segment:
    """Make a fixed list."""
    card = SegmentCard(name, SegmentKind.STATIC)
    by = cast.alice.actor
    return create_segment(card, responsible=cast.alice, members=contacts, by=by, at=NOON)


def draft(
    cast: Cast,
    *segments: Segment,
    channel: str = "email",
    text: str = "Hello {first_name}, see you on Monday.",
    rate: int = 120,
) -> Campaign:
    """Make a draft of Alice's."""
    card = CampaignCard(
        title="Spring news",
        company=cast.company,
        channel=channel,
        subject="News for {first_name}" if channel == "email" else "",
        text=text,
        rate=rate,
        segments=list(segments),
    )
    return create_campaign(card, responsible=cast.alice, at=NOON)


def launched(cast: Cast, *contacts: Contact, rate: int = 120, channel: str = "email") -> Campaign:
    """Launch a campaign to contacts who agreed; its first turn is taken when this returns."""
    agree(cast, *contacts, channel=channel)
    campaign = draft(cast, fixed(cast, *contacts), rate=rate, channel=channel)
    launch_campaign(campaign, by=cast.alice.actor, at=NOON)
    return fresh(campaign)


def fresh(campaign: Campaign) -> Campaign:
    """Return the campaign as it is now."""
    return Campaign.objects.get(pk=campaign.pk)


def take_turns(campaign: Campaign, *, most: int = 1000) -> None:
    """Let time pass until everybody had their turn."""
    for _turn in range(most):
        campaign = fresh(campaign)
        if not write_stretch(campaign, at=campaign.next_at or NOON):
            return


def outcomes(campaign: Campaign) -> dict[str, str]:
    """Return what became of everybody, by address."""
    rows = Recipient.objects.filter(campaign=campaign)
    return {row.address: row.result for row in rows}


def letters() -> list[Message]:
    """Return the campaign messages that were written, in order."""
    return list(Message.objects.filter(kind="campaign").order_by("id"))


def token_in(message: Message) -> str:
    """Return the token of the way out, as the reader of the Mailbox finds it."""
    return message.text.rpartition("/u/")[2].partition("/")[0]
