"""What happened around a contact: documents, messages, deals and changes, page by page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paraph.contacts.models import Contact
from paraph.contacts.queries import numbers_of
from paraph.desk.timelines import WORDS, Moment, Titles, told
from paraph.journal import Fact
from paraph.journal.models import Mention
from paraph.kit.search import Keyset
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing.models import Envelope, Party

PAGE_SIZE = 100
MOST_ROWS = 500
"""So many documents and deals a timeline looks back on."""
NEWEST_FIRST = Keyset(("at", "id"), descending=True)
ENVELOPES = tuple(name for name in WORDS if name.startswith("envelope."))
MESSAGES = ("party.asked", "party.reminded", "link.renewed", "code.requested", "file.shared")
DOCUMENTS = (
    *ENVELOPES,
    "party.opened",
    "party.proven",
    "party.signed",
    "party.declined",
    "certificate.issued",
)
DEALS = tuple(name for name in WORDS if name.startswith("deal."))
KINDS: Mapping[str, tuple[object, tuple[str, ...]]] = {
    "documents": (_("Documents"), DOCUMENTS),
    "messages": (_("Messages"), MESSAGES),
    "deals": (_("Deals"), DEALS),
    "changes": (
        _("Changes"),
        tuple(name for name in WORDS if name.startswith(("contact.", "consent."))),
    ),
}


@dataclass(frozen=True)
class Story:
    """One page of a timeline, the way on, and the kinds it can be narrowed to."""

    moments: list[Moment]
    kinds: list[tuple[str, object]]
    kind: str
    next: str
    previous: str


def story_of(
    contact: Contact, person: Employee, *, kind: str = "", cursor: str | None = None
) -> Story:
    """Return what happened around a contact as far as the person may see it, newest first."""
    shown = KINDS[kind][1] if kind in KINDS else tuple(WORDS)
    facts = Fact.objects.filter(pk__in=_mentions(contact, person), event__in=shown)
    page = NEWEST_FIRST.page(facts.select_related("payload"), cursor=cursor, size=PAGE_SIZE)
    return Story(
        told(page.rows, about=_titles(page.rows)),
        kinds=[("", _("Everything")), *((name, label) for name, (label, _all) in KINDS.items())],
        kind=kind if kind in KINDS else "",
        next=_address(contact, kind, page.next),
        previous=_address(contact, kind, page.previous),
    )


def _mentions(contact: Contact, person: Employee) -> QuerySet[Mention, int]:
    """Return the numbers of the facts: about the contact, and about what they had to sign.

    The rows are fetched first: by numbers the journal's index answers at any size.
    """
    seen = Envelope.objects.visible_to(person)
    parties = dict(
        Party.objects.filter(contact=contact, envelope__in=seen)
        .order_by("-pk")
        .values_list("pk", "envelope")[:MOST_ROWS]
    )
    deals = Deal.objects.visible_to(person).filter(Q(contact=contact) | Q(people=contact))
    numbers = list(deals.order_by("-pk").values_list("pk", flat=True)[:MOST_ROWS])
    about = Q(noun="contact", object_id__in=numbers_of(contact)) & ~Q(fact__event__in=DEALS)
    about |= Q(noun="party", object_id__in=list(parties))
    about |= Q(noun="deal", object_id__in=numbers)
    signed = set(parties.values())
    about |= Q(noun="envelope", object_id__in=signed, fact__event__in=ENVELOPES)
    return Mention.objects.filter(about).values_list("fact", flat=True)


def _titles(facts: Iterable[Fact]) -> Titles:
    """Return what the envelopes and deals of the facts are called, and where they are."""
    names: dict[tuple[str, Any], tuple[str, str]] = {}
    for noun, model in (("envelope", Envelope), ("deal", Deal)):
        numbers = {fact.facts.get(f"{noun}_id") for fact in facts}
        for pk, title in model.objects.filter(pk__in=numbers - {None}).values_list("pk", "title"):
            names[noun, pk] = (title, reverse(f"{noun}-detail", args=[pk]))
    return names


def _address(contact: Contact, kind: str, cursor: str | None) -> str:
    if not cursor:
        return ""
    kept = {"kind": kind} if kind else {}
    address = reverse("contact-timeline", args=[contact.pk])
    return f"{address}?{urlencode(kept | {'cursor': cursor})}"
