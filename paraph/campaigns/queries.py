"""What the pages of campaigns show, and whom a campaign reaches, in as few queries as possible."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from paraph.contacts.listing import contact_listing
from paraph.contacts.models import Contact
from paraph.messaging.carriers import can_carry
from paraph.messaging.models import MessageState
from paraph.people.models import Employee

from . import rules
from .lifecycle import Outcome
from .models import Campaign, Channel, Consent, Recipient, Segment, Suppression
from .refusals import NoSuchSubscription

Allowed = dict[int, list[str]]
"""By contact: the obstacles to writing to them; none when the list is empty."""

LOOKED_AT = 5000
"""So many members are asked one by one before a page shows an estimate instead."""
STRETCH = 500


@dataclass
class Reached:
    """Whom something reaches: how many there are, how many are written to, why others are not."""

    members: int = 0
    writable: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    is_exact: bool = True

    @property
    def why(self) -> list[tuple[str, int]]:
        """Return why others are not written to, the most frequent reason first."""
        return self.reasons.most_common()


def members_of(segment: Segment, *, person: Employee) -> QuerySet[Contact]:
    """Return who is in a segment, as far as the person may see them."""
    visible = Contact.objects.visible_to(person)
    if not segment.is_dynamic:
        return visible.filter(
            pk__in=segment.members.through.objects.filter(segment=segment).values("contact")
        )
    listing = contact_listing()
    with timezone.override(person.time_zone):
        return listing.narrow(visible, listing.criteria(segment.criteria))


def audience_of(campaign: Campaign) -> QuerySet[Contact]:
    """Return everybody in the campaign's segments, as far as its responsible may see them."""
    chosen = Q(pk__in=[])
    for segment in campaign.segments.all():
        members = members_of(segment, person=campaign.responsible)
        chosen |= Q(pk__in=members.order_by().values("pk"))
    return Contact.objects.filter(chosen)


def obstacles_by_contact(contacts: Sequence[Contact], *, channel: str) -> Allowed:
    """Ask for each contact whether they may be written to now, in two queries for all."""
    given = Consent.objects.filter(contact__in=contacts, channel=channel, is_given=True)
    agreed = set(given.values_list("contact_id", flat=True))
    hashes = {it.pk: rules.hash_of(rules.address_of(it, channel)) for it in contacts}
    known = Suppression.objects.filter(channel=channel, address_hash__in=hashes.values())
    suppressed = set(known.values_list("address_hash", flat=True))
    return {
        it.pk: rules.obstacles_to_writing(
            it,
            channel=channel,
            has_consent=it.pk in agreed,
            is_suppressed=hashes[it.pk] in suppressed,
        )
        for it in contacts
    }


def reached(contacts: QuerySet[Contact], *, channel: str) -> Reached:
    """Count who can be written to, and why the others cannot; a large crowd is estimated."""
    members = contacts.order_by().count()
    if members > LOOKED_AT:
        writable = writable_among(contacts, channel=channel).order_by().count()
        left = _("They have not agreed, have unsubscribed, or have no address.")
        reasons = Counter({left: members - writable}) if members > writable else Counter()
        return Reached(members, writable, reasons, is_exact=False)
    found = Reached(members)
    seen: set[str] = set()
    for stretch in _stretches(contacts):
        _look_at(stretch, found, seen, channel=channel)
    return found


def writable_among(contacts: QuerySet[Contact], *, channel: str) -> QuerySet[Contact]:
    """Keep those who agreed and have an address; who is suppressed is left out when written to."""
    address = "email" if channel == Channel.EMAIL else "phone"
    agreed = Consent.objects.filter(channel=channel, is_given=True).values("contact")
    return contacts.filter(pk__in=agreed).exclude(**{address: ""})


def obstacles_around(campaign: Campaign) -> list[str]:
    """Say what else stands in the way of sending: nobody to write to, nobody who carries it."""
    obstacles = []
    if not can_carry(campaign.channel):
        obstacles.append(
            _("No provider is set up for this channel. An administrator adds one in Connections.")
        )
    audience = audience_of(campaign)
    if campaign.segments.exists() and not reached(audience, channel=campaign.channel).writable:
        obstacles.append(_("Nobody in these segments can be written to."))
    return obstacles


def recipient_of(token: str) -> Recipient:
    """Return who got the link; raises ``NoSuchSubscription``."""
    found = Recipient.objects.select_related("campaign__company", "contact")
    recipient = found.filter(token_hash=rules.hashed(token)).first() if token else None
    if recipient is None:
        raise NoSuchSubscription(_("This link belongs to no message of ours."))
    return recipient


def outcomes_of(campaign: Campaign) -> dict[str, int]:
    """Count the recipients by what has become of them here, before any carrier."""
    rows = campaign.recipients.values_list("outcome").annotate(number=Count("pk")).order_by()
    return dict(rows)


RESULTS: dict[str, Q] = {
    "waiting": Q(outcome=Outcome.WAITING),
    "queued": Q(message__state__in=[MessageState.QUEUED, MessageState.LEASED]),
    "sent": Q(message__state__in=[MessageState.SENT, MessageState.DELIVERED]),
    "unknown": Q(message__state=MessageState.UNKNOWN),
    "failed": Q(message__state__in=[MessageState.FAILED, MessageState.BOUNCED]),
    "skipped": Q(outcome=Outcome.SKIPPED) | Q(message__state=MessageState.WITHDRAWN),
    "unsubscribed": Q(unsubscribed_at__isnull=False),
}
"""What can become of a campaign's message to somebody; all but the last exclude each other."""


def results_of(campaign: Campaign) -> dict[str, int]:
    """Count what has become of a campaign's messages."""
    counts = {name: Count("pk", filter=which) for name, which in RESULTS.items()}
    rows = Recipient.objects.filter(campaign=campaign).order_by()
    found: dict[str, int] = rows.aggregate(all=Count("pk"), **counts)
    ahead = found["waiting"] + found["queued"]
    return found | {"ahead": ahead, "done": found["all"] - ahead}


def recipients_page(
    campaign: Campaign, *, result: str = "", text: str = "", after: int = 0, size: int = 50
) -> list[Recipient]:
    """Return the next recipients with a result, one more than fit on the page."""
    rows = Recipient.objects.filter(campaign=campaign, pk__gt=after)
    if result in RESULTS:
        rows = rows.filter(RESULTS[result])
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(address__icontains=text))
    return list(
        rows.select_related("message", "contact__company", "contact__responsible").order_by("pk")[
            : size + 1
        ]
    )


def consents_of(contact: Contact) -> list[tuple[str, str, Consent | None, bool]]:
    """Return by channel its name, the contact's latest word, and whether they left themselves."""
    words = {it.channel: it for it in contact.consents.all()}
    kept = Q(pk__in=[])
    for channel in Channel.values:
        hashed = rules.hash_of(rules.address_of(contact, channel))
        kept |= Q(channel=channel, address_hash=hashed, is_their_word=True)
    left = set(Suppression.objects.filter(kept).values_list("channel", flat=True))
    return [
        (channel, str(label), words.get(channel), channel in left)
        for channel, label in Channel.choices
    ]


def _stretches(contacts: QuerySet[Contact]) -> Iterator[list[Contact]]:
    after = 0
    plain = contacts.order_by("pk").only("pk", "email", "phone")
    while rows := list(plain.filter(pk__gt=after)[:STRETCH]):
        yield rows
        after = rows[-1].pk


def _look_at(contacts: Sequence[Contact], found: Reached, seen: set[str], *, channel: str) -> None:
    obstacles = obstacles_by_contact(contacts, channel=channel)
    for contact in contacts:
        address = rules.address_of(contact, channel)
        if reasons := obstacles[contact.pk]:
            found.reasons[reasons[0]] += 1
        elif address in seen:
            found.reasons[_("Another contact with the same address gets it.")] += 1
        else:
            seen.add(address)
            found.writable += 1
