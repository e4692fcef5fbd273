"""What a person's erasure takes, and what it leaves and why; asked before it and at it alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from paraph.contacts.models import Contact
from paraph.contacts.queries import numbers_of
from paraph.journal.events import EVENTS
from paraph.journal.models import Fact, FactQuerySet
from paraph.messaging.models import Message, Messages
from paraph.signing import lifecycle
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope, Party

from .listing import goes_at, retention_years
from .models import Hold, SignedFile

ENDED = (Status.DECLINED, Status.EXPIRED, Status.CANCELLED)


@dataclass(frozen=True)
class Kept:
    """A signed document that stays though it names the person."""

    file: SignedFile
    why: str


def obstacles_to_erasing(contact: Contact) -> list[str]:
    """Say, in words, what must be ended before the person's data can be erased."""
    reasons = [_("On hold: %s") % hold.reason for hold in Hold.objects.filter(contact=contact)]
    going = Envelope.objects.filter(parties__contact=contact, status__in=lifecycle.OPEN)
    reasons += [
        _("“%s” is not ended yet: finish, cancel or delete it first.") % envelope.title
        for envelope in going.distinct().order_by("pk")
    ]
    return reasons


def kept_of(contact: Contact) -> Iterator[Kept]:
    """Yield the signed documents that stay, each with the reason."""
    years = retention_years()
    rows = SignedFile.objects.filter(envelope__parties__contact=contact).distinct()
    for file in rows.order_by("completed_at", "pk"):
        goes = goes_at(file, years)
        if getattr(file, "is_held", False):
            yield Kept(file, _("It is on legal hold."))
        elif goes:
            day = formats.date_format(timezone.localtime(goes), "SHORT_DATE_FORMAT")
            yield Kept(file, _("It must be kept until %s.") % day)
        else:
            yield Kept(file, _("It is kept for ever, as proof of what was agreed."))


def unsigned_of(contact: Contact) -> QuerySet[Envelope]:
    """Return the envelopes that ended unsigned: nothing asks for them to be kept but a hold."""
    held = Q(holds__isnull=False) | Q(documents__holds__isnull=False)
    others = Q(parties__contact__holds__isnull=False)
    ended = Envelope.objects.filter(parties__contact=contact, status__in=ENDED)
    on_hold = Envelope.objects.filter(held | others)
    return ended.exclude(pk__in=on_hold.values("pk")).distinct().order_by("pk")


def letters_of(contact: Contact) -> Messages:
    """Return what was written to the person or about them; campaigns see to their own."""
    parties = Party.objects.filter(contact=contact).values("pk")
    named = Q(noun="contact", noun_id__in=numbers_of(contact))
    about: Messages = Message.objects.filter(Q(noun="party", noun_id__in=parties) | named)
    return about.exclude(recipient="")


def facts_of(contact: Contact) -> FactQuerySet:
    """Return what was said about the person outside of signing: what is logged stays as proof."""
    logged = [name for name, event in EVENTS.items() if event.is_logged]
    named = Fact.objects.filter(
        mentions__noun="contact", mentions__object_id__in=numbers_of(contact)
    )
    return named.filter(payload__isnull=False).exclude(event__in=[*logged, *STAYS])


STAYS = ("hold.placed", "hold.lifted", "contact.erased")
"""Say nothing of the person, and prove that holds and erasures were minded."""
