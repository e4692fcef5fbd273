"""What a person's erasure takes, and what it leaves and why; asked before it and at it alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from paraph.contacts.models import Contact
from paraph.contacts.queries import numbers_of
from paraph.journal.events import EVENTS
from paraph.journal.models import Fact, FactQuerySet, Mention
from paraph.messaging.models import ON_THE_WAY, Message, Messages
from paraph.people.access import Right, Section, scope
from paraph.people.models import Employee
from paraph.signing import lifecycle
from paraph.signing.lifecycle import Status
from paraph.signing.models import Envelope, Party

from .listing import goes_at, retention_years
from .models import Hold, SignedFile

NAMED = 20
"""So many documents that stand in the way are called by their titles."""
ENDED = (Status.DECLINED, Status.EXPIRED, Status.CANCELLED)


@dataclass(frozen=True)
class Kept:
    """A signed document that stays though it names the person."""

    file: SignedFile
    why: str


def obstacles_to_erasing(contact: Contact, *, reader: Employee) -> list[str]:
    """Say, in words, what must be ended before the person's data can be erased.

    A document that the reader does not see is counted, and not named.
    """
    reasons = [_("On hold: %s") % hold.reason for hold in Hold.objects.filter(contact=contact)]
    going = Envelope.objects.filter(parties__contact=contact, status__in=lifecycle.OPEN).distinct()
    named = list(seen_by(reader, going).order_by("pk")[:NAMED])
    sentence = _("“%s” is not ended yet: finish, cancel or delete it first.")
    reasons += [sentence % envelope.title for envelope in named]
    if more := going.count() - len(named):
        words = ngettext(
            "%d further document is not ended yet.",
            "%d further documents are not ended yet.",
            more,
        )
        reasons.append(words % more)
    if waiting := letters_of(contact).filter(state__in=ON_THE_WAY).count():
        words = ngettext(
            "%d message to them is still on its way, or held.",
            "%d messages to them are still on their way, or held.",
            waiting,
        )
        reasons.append(words % waiting)
    return reasons


def seen_by(reader: Employee, envelopes: QuerySet[Envelope]) -> QuerySet[Envelope]:
    """Keep the envelopes that somebody sees among the documents or by the right to the vault."""
    here = envelopes.values("pk")
    among = Envelope.objects.visible_to(reader).filter(pk__in=here).values("pk")
    vault = scope(Envelope.objects.all(), reader, Section.VAULT, Right.VIEW).filter(pk__in=here)
    return Envelope.objects.filter(Q(pk__in=among) | Q(pk__in=vault.values("pk")))


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
    parties = Party.objects.filter(contact=contact)
    numbers, envelopes = (
        list(parties.values_list(name, flat=True)) for name in ("pk", "envelope")
    )
    about = Q(noun="contact", object_id__in=numbers_of(contact))
    about |= Q(noun="party", object_id__in=numbers)
    about |= Q(noun="envelope", object_id__in=envelopes, fact__event__in=NAMES_PEOPLE)
    named = Fact.objects.filter(pk__in=Mention.objects.filter(about).values("fact"))
    return named.filter(payload__isnull=False).exclude(event__in=[*logged, *STAYS])


NAMES_PEOPLE = ("stage-rule.applied",)
"""Facts about an envelope that are not logged and say whom something was done to."""
STAYS = ("hold.placed", "hold.lifted", "contact.erased")
"""Say nothing of the person, and prove that holds and erasures were minded."""
