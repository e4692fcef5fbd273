"""What pages and actions need to know of envelopes, in as few queries as possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet, Value

from paraph.contacts.models import Company
from paraph.documents.models import Document, Revision, RevisionKind
from paraph.kit.prepared import Prepared, given
from paraph.messaging.carriers import can_carry
from paraph.messaging.models import Message
from paraph.people.access import Level, Right, Section, holders, reach
from paraph.people.models import Employee

from . import codes, rules
from .lifecycle import PartyStatus, Status
from .models import (
    Act,
    Channel,
    Code,
    Envelope,
    Envelopes,
    Field,
    Parties,
    Party,
    PartyGroup,
    PartyRole,
    Question,
)

SEALING_TAKES = timedelta(minutes=1)  # when it takes longer, somebody may want to help


# What every step of every party asks is written once (ADR 0054).
_OF = {"envelope": given("envelope")}
_OF_DOCUMENTS = {"document__enclosures__envelope": given("envelope")}
_DOCUMENTS = Prepared(
    lambda: Document.objects.filter(enclosures__envelope=given("envelope")).order_by(
        "enclosures__position"
    )
)
_LINE = Prepared(lambda: Party.objects.filter(**_OF).in_order())
_PARTIES = Prepared(
    lambda: Party.objects.filter(**_OF).select_related("employee", "contact", "company").in_order()
)
_NEEDED = Prepared(lambda: PartyGroup.objects.filter(**_OF).values_list("number", "needed"))
_NEWEST = Prepared(
    lambda: Revision.objects.filter(document=given("document")).order_by("-number")[:1]
)
_REVISIONS = Prepared(
    lambda: Revision.objects.filter(**_OF_DOCUMENTS).defer("plan").order_by("number")
)
_LAID_OUT = Prepared(
    lambda: (
        Revision.objects.filter(**_OF_DOCUMENTS, kind=RevisionKind.PREPARED)
        .order_by("document__enclosures__position", "number")
        .values_list("sha256")
    )
)
_PLACES = Prepared(lambda: Field.objects.filter(party__envelope=given("envelope")))


def envelopes_for(person: Employee, *, text: str = "") -> Envelopes:
    """Return the envelopes a person may see, ready for a list: rows come without more queries."""
    envelopes = Envelope.objects.visible_to(person)
    if text.strip():
        envelopes = envelopes.matching(text)
    return with_people(envelopes).order_by("-created_at", "-id")


def with_people(envelopes: Envelopes) -> Envelopes:
    """Read who is responsible, the company, the parties and the documents along with a list."""
    parties = Party.objects.select_related("company").in_order()
    return envelopes.select_related("responsible", "company").prefetch_related(
        Prefetch("parties", queryset=parties), "documents"
    )


def documents_of(envelope: Envelope) -> list[Document]:
    """Return the enclosed documents in their order."""
    return _DOCUMENTS(envelope=envelope.pk)


def parties_of(envelope: Envelope) -> list[Party]:
    """Return the parties in the order in which they act."""
    return _of(envelope, _PARTIES(envelope=envelope.pk))


def line_of(envelope: Envelope) -> list[Party]:
    """Return the parties in their order, to decide whose turn it is: who they are stays unread.

    It is asked at every step; the joins of ``parties_of`` cost more than the question.
    """
    return _of(envelope, _LINE(envelope=envelope.pk))


def _of(envelope: Envelope, parties: list[Party]) -> list[Party]:
    for party in parties:
        party.envelope = envelope
    return parties


def letters_to(parties: Sequence[Party]) -> QuerySet[Message]:
    """Return what was written to the parties, with the codes for a stack that they lay in."""
    stacked = Code.objects.filter(stack__items__party__in=[it for it in parties if it.employee_id])
    codes_sent = [f"code-{pk}" for pk in stacked.values_list("pk", flat=True).distinct()]
    own = Q(noun="party", noun_id__in=[party.pk for party in parties])
    return Message.objects.filter(own | Q(once__in=codes_sent))


def signers_of(envelope: Envelope) -> list[Party]:
    """Return those who sign: who approves or receives a copy has no fields."""
    return [party for party in parties_of(envelope) if party.role == PartyRole.SIGNER]


def carried_channels() -> frozenset[str]:
    """Return the channels whose messages somebody carries out of the house."""
    return frozenset(channel for channel in Channel.values if can_carry(channel))


def needed_of(envelope: Envelope) -> dict[int, int | None]:
    """Return how many of each group have to act, where it is not everybody."""
    return dict(_NEEDED(envelope=envelope.pk))


def newest_revision(document: Document) -> Revision:
    """Return the bytes as they are now; raises ``Revision.DoesNotExist``."""
    newest = _NEWEST.first(document=document.pk)
    if newest is None:
        raise Revision.DoesNotExist(document.pk)
    newest.document = document
    return newest


def certificate_of(document: Document) -> Revision | None:
    """Return the certificate of completion as a file of its own, once there is one."""
    return document.revisions.filter(kind=RevisionKind.CERTIFICATE).order_by("number").last()


def newest_revisions(documents: Iterable[Document]) -> dict[int, Revision]:
    """Return the newest revision of each document, by the document's id; plans stay unread."""
    rows = Revision.objects.filter(document__in=list(documents)).defer("plan")
    return {row.document_id: row for row in rows.order_by("number")}


def documents_hash(party: Party) -> str:
    """Return the one hash of the prepared documents, which codes are bound to."""
    return codes.documents_hash(name for (name,) in _LAID_OUT(envelope=party.envelope_id))


def dispatch_of(envelope: Envelope) -> rules.Dispatch:
    """Put an envelope on the table with all that decides whether it can be sent."""
    documents, parties = documents_of(envelope), parties_of(envelope)
    return rules.Dispatch(
        envelope=envelope,
        documents=documents,
        parties=parties,
        fields=list(Field.objects.filter(party__envelope=envelope)),
        entitled=frozenset(
            party.employee.pk for party in parties if party.employee and may_sign(party.employee)
        ),
        channels=carried_channels(),
        travelling=travelling(documents, besides=envelope),
        needed=needed_of(envelope),
    )


def obstacles_to_sending(envelope: Envelope, *, at: datetime) -> list[str]:
    """Say, in words for the sender, everything that still stands in the way."""
    return rules.obstacles_to_sending(dispatch_of(envelope), at=at)


def travelling(documents: Sequence[Document], *, besides: Envelope | None) -> list[Document]:
    """Return those that lie in another envelope that was sent."""
    pks = [document.pk for document in documents]
    elsewhere = Envelope.objects.exclude(status=Status.DRAFT).filter(documents__in=pks)
    if besides is not None:
        elsewhere = elsewhere.exclude(pk=besides.pk)
    taken = set(elsewhere.values_list("documents", flat=True))
    return [document for document in documents if document.pk in taken]


def may_sign(employee: Employee) -> bool:
    """Tell whether an employee holds the right to sign for the company."""
    is_entitled = reach(employee, Section.DOCUMENTS, Right.SIGN) is not Level.NONE
    return employee.is_active and is_entitled


def possible_signers(company: Company) -> list[Employee]:
    """Return who may sign for the company, its director first."""
    entitled = holders(Section.DOCUMENTS, Right.SIGN).select_related("department")
    return sorted(entitled, key=lambda person: person.pk != company.director_id)


def questions_of(envelope: Envelope) -> list[Question]:
    """Return what parties asked, the oldest first."""
    rows = Question.objects.filter(party__envelope=envelope)
    return list(rows.select_related("party", "answered_by"))


def is_seal_overdue(envelope: Envelope, *, at: datetime) -> bool:
    """Tell whether somebody has pressed Sign and waits longer for the seal than one should."""
    acts = Act.objects.standing().filter(party__envelope=envelope, sealed_at=None)
    return acts.filter(intended_at__lt=at - SEALING_TAKES).exists()


def waiting_for(person: Employee | Value) -> Parties:
    """Return what a person is asked to sign, the oldest first."""
    asked = [PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN]
    # By keys, so that the person leads to the rows and not the many envelopes that travel.
    theirs = Party.objects.filter(employee=person, status__in=asked).order_by().values("pk")
    mine = Party.objects.filter(pk__in=theirs, envelope__status=Status.SENT)
    return mine.select_related("envelope__company", "envelope__responsible").order_by("asked_at")


def number_waiting_for(person: Employee) -> int:
    """Count what a person is asked to sign; every page asks this."""
    return _WAITING.count(person=person.pk)


_WAITING = Prepared(lambda: waiting_for(given("person")).order_by().values_list("pk"))


def perhaps_to_remind(*, at: datetime) -> Parties:
    """Return those who were last written to a while ago, in envelopes that remind by themselves;
    the hour and the days are for the rule to count.
    """
    asked = [PartyStatus.ASKED, PartyStatus.OPENED, PartyStatus.PROVEN]
    rows = Party.objects.filter(envelope__status=Status.SENT, status__in=asked)
    long_ago = at - timedelta(hours=12)
    waited = rows.filter(asked_at__lt=long_ago).exclude(reminded_at__gte=long_ago)
    return waited.exclude(envelope__reminders={}).select_related("envelope", "employee")


@dataclass(frozen=True)
class DeskDocument:
    """One document as a party sees it: its newest bytes, the party's places, and the others'."""

    document: Document
    revision: Revision
    fields: list[Field]
    others: list[Field]


@dataclass(frozen=True)
class Desk:
    """All that lies before a party: what to read, what to fill, and why it can not act if so."""

    party: Party
    documents: list[DeskDocument]
    obstacles: list[str]

    @property
    def envelope(self) -> Envelope:
        return self.party.envelope

    @property
    def fields(self) -> list[Field]:
        return [place for item in self.documents for place in item.fields]

    @property
    def missing(self) -> list[Field]:
        return rules.missing_fields(self.fields)

    @property
    def is_my_turn(self) -> bool:
        return not self.obstacles

    @property
    def shown(self) -> dict[int, str]:
        """The hash of each document as it lies here: what ``press_sign`` wants to hear again."""
        return {item.document.pk: item.revision.sha256 for item in self.documents}


def desk_of(party: Party, *, at: datetime) -> Desk:
    """Return what a party sees."""
    documents = documents_of(party.envelope)
    newest = {row.document_id: row for row in _REVISIONS(envelope=party.envelope_id)}
    places = _PLACES(envelope=party.envelope_id)
    return Desk(
        party=party,
        documents=[
            DeskDocument(
                document=document,
                revision=newest[document.pk],
                fields=[p for p in places if _is_on(p, document) and p.party_id == party.pk],
                others=[p for p in places if _is_on(p, document) and p.party_id != party.pk],
            )
            for document in documents
        ],
        obstacles=rules.obstacles_to_acting(party, party.envelope, at=at),
    )


def _is_on(place: Field, document: Document) -> bool:
    return place.document_id == document.pk
