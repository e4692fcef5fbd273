"""What pages and actions need to know of stacks: what waits, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch

from paraph.documents.models import Document
from paraph.people.models import Employee

from . import codes, pictures, proofs, queries, rules
from .lifecycle import PartyStatus
from .models import (
    Enclosure,
    Field,
    FieldKind,
    Parties,
    Party,
    PartyRole,
    Proof,
    Stack,
    StackItem,
)

SIGNING_TAKES = timedelta(minutes=1)


@dataclass(frozen=True)
class Waiting:
    """One envelope that waits for an employee's signature, as their stack shows it."""

    party: Party
    documents: Sequence[Document]
    fields: Sequence[Field]
    others: Sequence[Party]
    shown: dict[int, str]  # the hash of each document as it lies there now
    has_own: bool = False  # an app or a passkey

    @property
    def to_type(self) -> list[Field]:
        """The places that ask for words: what lies there already can still be changed."""
        wordless = rules.PICTURES | {FieldKind.FILE}
        return [place for place in self.fields if place.kind not in wordless]

    @property
    def to_write(self) -> list[Field]:
        """The signatures and initials for which nothing is on file."""
        return [place for place in self.without_picture if place.kind not in pictures.STAMPS]

    @property
    def without_picture(self) -> list[Field]:
        return [
            place
            for place in self.fields
            if place.kind in rules.PICTURES and not pictures.saved_picture(self.party, place.kind)
        ]

    @property
    def lacks_stamp(self) -> bool:
        """Tell whether a stamp is wanted that is not on file: only its own page can take one."""
        return any(
            place.kind in pictures.STAMPS and place.is_required and not place.picture
            for place in self.without_picture
        )

    @property
    def lacks_file(self) -> bool:
        """Tell whether a file has still to be added: that, too, only its own page can take."""
        return any(place.kind == FieldKind.FILE for place in rules.missing_fields(self.fields))

    @property
    def other_proof(self) -> str:
        """Say why the proof of a stack is not the one that the sender wants here."""
        return rules.obstacle_to_proving(self.party, has_own=self.has_own)

    @property
    def can_be_stacked(self) -> bool:
        return not (self.lacks_stamp or self.lacks_file or self.other_proof)

    @property
    def page_count(self) -> int:
        return sum(document.page_count for document in self.documents)


def waiting_for(person: Employee, *, at: datetime) -> list[Waiting]:
    """Return everything that waits for an employee's signature, the oldest first."""
    parties = queries.waiting_for(person).filter(role=PartyRole.SIGNER)
    return _laid(with_documents(parties), has_own=proofs.has_own(person), at=at)


def waiting_in(stack: Stack, *, at: datetime) -> list[Waiting]:
    """Return what of a stack can still be signed, in the order in which it was chosen."""
    chosen = [item.party_id for item in stack.items.all()]
    chosen_from = with_documents(stack.parties.all())
    laid = _laid(chosen_from, has_own=proofs.has_own(stack.employee), at=at)
    found = {it.party.pk: it for it in laid}
    return [found[pk] for pk in chosen if pk in found]


def is_for_mail(stack: Stack) -> bool:
    """Tell whether a code by e-mail is enough for every document of a stack."""
    return not stack.parties.exclude(code_channel=Proof.EMAIL).exists()


def interrupted(item: StackItem, *, at: datetime) -> bool:
    """Tell whether a proven document was left unsigned: whoever signed it died on the way."""
    signed_at, status = item.stack.signed_at, item.party.status
    is_late = signed_at is not None and at > signed_at + SIGNING_TAKES
    return is_late and status == PartyStatus.PROVEN and not item.refusal


def items_of(stack: Stack) -> list[StackItem]:
    """Return the documents of a stack in their order."""
    return list(
        stack.items.select_related(
            "stack", "party__envelope__company", "party__employee"
        ).order_by("position")
    )


def hash_of(parties: Iterable[Party]) -> str:
    """Return the one hash of a list of prepared documents, and of whose part it is in each."""
    return codes.documents_hash(f"{party.pk} {queries.documents_hash(party)}" for party in parties)


def with_documents(parties: Parties) -> Parties:
    """Read along all that a stack shows, in as few queries for fifty as for one."""
    enclosed = Enclosure.objects.select_related("document").order_by("position")
    everybody = Party.objects.select_related("company").in_order()
    return parties.select_related(
        "employee", "envelope__company", "envelope__responsible"
    ).prefetch_related(
        "fields",
        Prefetch("envelope__enclosures", queryset=enclosed),
        Prefetch("envelope__parties", queryset=everybody),
    )


def _laid(parties: Parties, *, has_own: bool, at: datetime) -> list[Waiting]:
    possible = [
        party for party in parties if not rules.obstacles_to_acting(party, party.envelope, at=at)
    ]
    documents = {party.pk: _documents(party) for party in possible}
    newest = queries.newest_revisions(one for found in documents.values() for one in found)
    return [
        Waiting(
            party=party,
            documents=documents[party.pk],
            fields=list(party.fields.all()),
            others=[other for other in party.envelope.parties.all() if other.pk != party.pk],
            shown={one.pk: newest[one.pk].sha256 for one in documents[party.pk]},
            has_own=has_own,
        )
        for party in possible
    ]


def _documents(party: Party) -> list[Document]:
    return [enclosed.document for enclosed in party.envelope.enclosures.all()]
