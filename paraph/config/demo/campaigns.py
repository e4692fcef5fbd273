"""The demo company's campaigns: one that was sent, a draft, two segments, and who agreed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from paraph.campaigns.actions.consenting import give_consent, unsubscribe
from paraph.campaigns.actions.drafting import create_campaign
from paraph.campaigns.actions.segments import create_segment
from paraph.campaigns.actions.sending import launch_campaign
from paraph.campaigns.cards import CampaignCard, SegmentCard
from paraph.campaigns.models import Campaign, Recipient, Segment, SegmentKind
from paraph.contacts.models import Contact

from .staff import Staff

AGREED = (
    ("Petit", "email", "Salon de Lyon 2026"),
    ("Lambert", "email", "Formulaire du site"),
    ("Girard", "email", "Salon de Lyon 2026"),
    ("Kowalski", "email", "Formularz na stronie"),
    ("Carter", "email", "Signed up by e-mail"),
    ("Lambert", "sms", "Formulaire du site"),
    ("Petit", "sms", "Salon de Lyon 2026"),
)

OPEN_DAYS = """Bonjour {first_name},

les 12 et 13 juin, nous ouvrons l’atelier : prototypes, essais de lumière en vraie grandeur, \
et un café avec celles et ceux qui fabriquent vos luminaires.

Si {company|votre entreprise} a un projet en cours, apportez les plans : nous prendrons le temps.

{responsible}
Atelier Lumière"""

REMINDER = "Bonjour {first_name}, l’Atelier Lumière ouvre ses portes demain à 10 h. À bientôt !"


def mail(staff: Staff, contacts: Mapping[str, Contact], *, at: datetime) -> None:
    """Note who agreed long ago, write to the French clients, and prepare what comes next."""
    by, then = staff.administrator.actor, at - timedelta(weeks=5)
    for name, channel, source in AGREED:
        give_consent(contacts[name], channel=channel, source=source, by=by, at=then)
    french = _segment(staff, SegmentCard("Clients francophones", SegmentKind.DYNAMIC, _FRENCH))
    guests = _segment(
        staff,
        SegmentCard("Invités de l’atelier", SegmentKind.STATIC),
        [contacts[name] for name in ("Petit", "Lambert", "Girard", "Carter")],
    )
    sent = _campaign(
        staff,
        "Portes ouvertes",
        french,
        subject="{first_name}, venez voir la lumière",
        text=OPEN_DAYS,
    )
    launch_campaign(sent, by=by, at=datetime.now(UTC))
    _let_one_leave(sent)
    _campaign(staff, "Rappel : portes ouvertes demain", guests, channel="sms", text=REMINDER)


_FRENCH = {"language": ["fr"], "type": ["client", "partner"]}


def _segment(staff: Staff, card: SegmentCard, members: list[Contact] | None = None) -> Segment:
    owner = staff.administrator
    return create_segment(
        SegmentCard(card.name, card.kind, card.criteria, is_shared=True),
        responsible=owner,
        members=members or (),
        by=owner.actor,
        at=datetime.now(UTC),
    )


def _campaign(
    staff: Staff,
    title: str,
    segment: Segment,
    *,
    text: str,
    subject: str = "",
    channel: str = "email",
) -> Campaign:
    card = CampaignCard(
        title=title,
        company=staff.company,
        channel=channel,
        language="fr",
        subject=subject,
        text=text,
        rate=600,
        is_shared=True,
        segments=[segment],
    )
    return create_campaign(card, responsible=staff.administrator, at=datetime.now(UTC))


def _let_one_leave(campaign: Campaign) -> None:
    """Follow the link at the end of one message, as its reader would."""
    last = Recipient.objects.filter(campaign=campaign, message__isnull=False).latest("pk")
    if last.message:
        token = last.message.text.rpartition("/u/")[2].partition("/")[0]
        unsubscribe(token, at=datetime.now(UTC))
