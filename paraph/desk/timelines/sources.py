"""Which facts make the timeline of a row, as far as the reader may see them, and their kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from paraph.contacts.company_queries import company_numbers_of
from paraph.contacts.models import Company, Contact
from paraph.contacts.queries import numbers_of
from paraph.documents.models import Document
from paraph.journal.models import Mention
from paraph.people.models import Employee
from paraph.sales.models import Deal
from paraph.signing.models import Envelope, Party
from paraph.vault.models import SignedFile

MOST_ROWS = 500
"""So many documents and deals a timeline looks back on."""
SIGNING = ("envelope.", "party.signed", "party.approved", "company.sealed", "document.stamp")
"""What whoever may read a signed file learns of how it was signed: no address, no attempt."""
OF_SIGNING = "documents"
_BEGINNINGS = {
    "comment.": "comments",
    "deal.": "deals",
    "vault.": "keeping",
    "hold.": "keeping",
    "contact.": "changes",
    "consent.": "changes",
    "company.sealed": OF_SIGNING,
    "company.": "changes",
}
_MESSAGES = ("party.asked", "party.reminded", "link.renewed", "code.requested", "file.shared")


@dataclass(frozen=True)
class Source:
    """Where the facts of one timeline come from, and what it can be narrowed to."""

    noun: str
    pk: int
    title: str
    url: str
    mentions: Q
    kinds: Mapping[str, Any]
    """By kind: what it is called on this page."""
    about: tuple[str, int] | None = None
    """What one writes about here: a noun of comments and a number; nothing where one may not."""


def kind_of(event: str) -> str:
    """Return the kind that a fact belongs to."""
    if event in _MESSAGES or event.startswith("message."):
        return "messages"
    fitting = (kind for begin, kind in _BEGINNINGS.items() if event.startswith(begin))
    return next(fitting, OF_SIGNING)


def source_of(person: Employee, noun: str, pk: int) -> Source | None:
    """Return the source of a row's timeline; nothing where the person does not see the row."""
    find = _SOURCES.get(noun)
    return find(person, pk) if find else None


def _of_contact(person: Employee, pk: int) -> Source | None:
    """The contact, what they had to sign, and their deals.

    The rows are fetched first: by numbers the journal's index answers at any size.
    """
    contact = Contact.objects.visible_to(person).filter(pk=pk).first()
    if contact is None:
        return None
    seen = Envelope.objects.visible_to(person)
    parties = Party.objects.filter(contact=contact, envelope__in=seen).order_by("-pk")
    numbers = dict(parties.values_list("pk", "envelope")[:MOST_ROWS])
    deals = Deal.objects.visible_to(person).filter(Q(contact=contact) | Q(people=contact))
    own = _about("contact", *numbers_of(contact)) & ~Q(fact__event__startswith="deal.")
    near = Contact.objects.visible_to(person)
    of_deals = _about("deal", *deals.order_by("-pk").values_list("pk", flat=True)[:MOST_ROWS])
    every = own | of_deals
    told = own & _no_hidden(own, "contact", seen=near, event="contact.told-apart")
    mentions = told | of_deals
    mentions &= _no_hidden(every, "document", seen=Document.objects.visible_to(person))
    mentions &= _no_hidden(every, "envelope", seen=seen)
    mentions |= _about("party", *numbers)
    mentions |= _about("envelope", *numbers.values()) & Q(fact__event__startswith="envelope.")
    kinds = _kinds(documents=_("Documents"), messages=_("Messages"), deals=_("Deals"))
    return _source("contact", pk, contact.name, mentions, kinds | {"changes": _("Changes")})


def _of_deal(person: Employee, pk: int) -> Source | None:
    """The deal, and how far those of its documents came that one sees."""
    deal = Deal.objects.visible_to(person).filter(pk=pk).first()
    if deal is None:
        return None
    seen = Envelope.objects.visible_to(person).filter(deal=deal).order_by("-pk")
    numbers = seen.values_list("pk", flat=True)[:MOST_ROWS]
    own = _about("deal", pk)
    mentions = own & _no_hidden(own, "document", seen=Document.objects.visible_to(person))
    mentions &= _no_hidden(own, "envelope", seen=Envelope.objects.visible_to(person))
    mentions |= _about("envelope", *numbers) & Q(fact__event__startswith="envelope.")
    kinds = _kinds(deals=_("Deal"), documents=_("Documents"))
    return _source("deal", pk, deal.title, mentions, kinds)


def _of_company(person: Employee, pk: int) -> Source | None:
    """The company, and those of its deals and documents that one sees."""
    company = Company.objects.visible_to(person).filter(pk=pk).first()
    if company is None:
        return None
    own = _about("company", *company_numbers_of(company))
    near = Company.objects.visible_to(person)
    mentions = own & _no_hidden(own, "company", seen=near, event="company.told-apart")
    mentions &= _no_hidden(own, "deal", seen=Deal.objects.visible_to(person))
    mentions &= _no_hidden(own, "document", seen=Document.objects.visible_to(person))
    kinds = _kinds(deals=_("Deals")) | {"changes": _("Changes")}
    return _source("company", pk, company.name, mentions, kinds)


def _of_envelope(person: Employee, pk: int) -> Source | None:
    envelope = Envelope.objects.visible_to(person).filter(pk=pk).first()
    if envelope is None:
        return None
    kinds = _kinds(documents=_("Signing"), messages=_("Messages"))
    return _source("envelope", pk, envelope.title, _signing(pk), kinds)


def _of_document(person: Employee, pk: int) -> Source | None:
    """A file, and how far those envelopes came that one sees it in."""
    document = Document.objects.visible_to(person).filter(pk=pk).first()
    if document is None:
        return None
    seen = Envelope.objects.visible_to(person).filter(documents=document).order_by("-pk")
    numbers = [*seen.values_list("pk", flat=True)[:MOST_ROWS]]
    mentions = _about("document", pk)
    mentions |= _about("envelope", *numbers) & Q(fact__event__startswith="envelope.")
    mentions |= _about("envelope", *numbers[:1]) & Q(fact__event__startswith="comment.")
    kinds = {OF_SIGNING: _("Documents"), "keeping": _("Keeping")}
    if numbers:
        kinds = _kinds(**kinds)
    about = ("envelope", numbers[0]) if numbers else None
    url = reverse("document-detail", args=[pk])
    return Source("document", pk, document.title, url, mentions, kinds, about)


def _of_file(person: Employee, pk: int) -> Source | None:
    """A signed file: how it is kept and who took it out; all of its signing to who sees that."""
    file = SignedFile.objects.visible_to(person).filter(pk=pk).first()
    if file is None:
        return None
    number = file.envelope_id
    sees = Envelope.objects.visible_to(person).filter(pk=number).exists()
    signing = _signing(number)
    if not sees:
        told = Q()
        for beginning in SIGNING:
            told |= Q(fact__event__startswith=beginning)
        signing &= told
    mentions = _about("document", file.document_id) | signing
    kinds: Mapping[str, Any] = {"keeping": _("Keeping"), OF_SIGNING: _("Signing")}
    if sees:
        kinds = _kinds(keeping=_("Keeping"), documents=_("Signing"), messages=_("Messages"))
    about = ("envelope", number) if sees else None
    url = reverse("vault-detail", args=[pk])
    return Source("file", pk, file.title, url, mentions, kinds, about)


_SOURCES: Mapping[str, Callable[[Employee, int], Source | None]] = {
    "contact": _of_contact,
    "deal": _of_deal,
    "company": _of_company,
    "envelope": _of_envelope,
    "document": _of_document,
    "file": _of_file,
}


def _source(noun: str, pk: int, title: str, mentions: Q, kinds: Mapping[str, Any]) -> Source:
    url = reverse(f"{noun}-detail", args=[pk])
    return Source(noun, pk, title, url, mentions, kinds, (noun, pk))


def _kinds(**kinds: Any) -> dict[str, Any]:
    return {**kinds, "comments": _("Comments")}


def _signing(envelope: int) -> Q:
    parties = Party.objects.filter(envelope=envelope).values_list("pk", flat=True)
    return _about("envelope", envelope) | _about("party", *parties)


def _no_hidden(mentions: Q, noun: str, *, seen: QuerySet[Any], event: str = "") -> Q:
    """Leave out facts, or those of one event, that also name a row which one does not see.

    Each asks the mentions themselves: one within the other is more than SQLite's parser takes.
    """
    which = Q(fact__event=event) if event else Q()
    facts = Mention.objects.filter(mentions, which).values("fact")
    is_seen = Exists(seen.filter(pk=OuterRef("object_id")))
    hidden = Mention.objects.filter(~is_seen, noun=noun, fact__in=facts)
    return ~Q(fact__in=hidden.values("fact"))


def _about(noun: str, *numbers: int) -> Q:
    return Q(noun=noun, object_id__in=[*numbers])
