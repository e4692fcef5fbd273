"""What one envelope of the pile looks like: its document, its two parties, where it stands."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from bench import crowd
from bench.crowd import Maker
from bench.tables import Model, Table
from paraph.contacts.models import Company, Contact
from paraph.documents.models import Document, Revision, RevisionKind
from paraph.people.models import Employee
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Enclosure, Envelope, Party, Standing

OLD = 50_000
"""So many papers come first and bear a word that later ones do not: all of them lie far behind."""
OLD_KIND = "Rahmenvertrag"
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KINDS = (
    *("Contract", "Contrat de location", "Umowa najmu", "Offer", "Devis", "Oferta", "NDA"),
    *("Acceptance act", "Bon de commande", "Protokół odbioru", "Invoice", "Avenant"),
)
SHARES = {
    Standing.COMPLETED: 74,
    Standing.CANCELLED: 8,
    Standing.DECLINED: 4,
    Standing.EXPIRED: 4,
    Standing.WITH_CLIENT: 5,
    Standing.WITH_US: 2,
    Standing.DRAFT: 2.9,
    Standing.CLOSING: 0.1,
}
MODELS: tuple[Model, ...] = (Document, Revision, Envelope, Enclosure, Party)


@dataclass
class House:
    """Who and what the papers are about."""

    make: Maker
    company: Company
    director: Employee
    employees: list[Employee]
    contacts: list[Contact]
    tables: dict[Model, Table] = field(default_factory=lambda: {it: Table(it) for it in MODELS})


@dataclass(frozen=True)
class Paper:
    """What is made up of one envelope; the rest follows from it."""

    number: int
    standing: Standing
    whose: Employee
    client: Contact
    title: str
    at: datetime
    sent_at: datetime
    closed_at: datetime
    unread_since: datetime | None
    read_since: datetime | None

    @property
    def is_sent(self) -> bool:
        return self.standing != Standing.DRAFT

    @property
    def is_closed(self) -> bool:
        return _status(self.standing) not in OPEN


def _paper(house: House, number: int) -> Paper:
    make, chance = house.make, house.make.chance
    at = crowd.BEGIN + timedelta(minutes=2 * number)
    sent_at = at + timedelta(minutes=chance.randrange(5, 3000))
    standing = chance.choices(list(SHARES), list(SHARES.values()))[0]
    client = make.often(house.contacts)
    assert client.company
    kind = make.often(KINDS) if number > OLD else OLD_KIND
    is_read = chance.random() < 0.6
    is_waiting = standing in (Standing.WITH_US, Standing.WITH_CLIENT)
    return Paper(
        number,
        standing,
        whose=make.often(house.employees),
        client=client,
        title=f"{kind} {number % 9973}/{at.year} {client.company.name}",
        at=at,
        sent_at=sent_at,
        closed_at=sent_at + timedelta(minutes=int(chance.expovariate(1 / 3000)) + 3),
        unread_since=sent_at if is_waiting and not is_read else None,
        read_since=sent_at + timedelta(minutes=2) if is_waiting and is_read else None,
    )


def add_envelope(house: House, number: int) -> None:
    """Add one envelope with its document and its two parties; numbers begin with 1."""
    paper = _paper(house, number)
    _document(house, paper)
    house.tables[Enclosure].add(id=number, envelope_id=number, document_id=number, position=1)
    _envelope(house, paper)
    ours, theirs = STATUSES[paper.standing]
    director, client = house.director, paper.client
    pk = 2 * number
    _party(house, paper, ours, id=pk - 1, envelope_id=number, group=1, employee_id=director.pk,
           company_id=house.company.pk, name=director.name, email=director.email)  # fmt: skip
    _party(house, paper, theirs, id=pk, envelope_id=number, group=2, contact_id=client.pk,
           company_id=client.company_id, name=_named(client), email=client.email)  # fmt: skip


def _document(house: House, paper: Paper) -> None:
    code, is_done = _code(paper.number), paper.standing == Standing.COMPLETED
    house.tables[Document].add(
        id=paper.number,
        code=code,
        title=paper.title,
        responsible_id=paper.whose.pk,
        pages=[[595, 842]],
        created_at=paper.at,
        search_text=f"{_n(paper.title)}\n{_n(code)}",
        sort_key=_n(paper.title)[:250],
    )
    house.tables[Revision].add(
        id=paper.number,
        document_id=paper.number,
        number=1,
        kind=RevisionKind.COMPLETED if is_done else RevisionKind.ORIGINAL,
        sha256=hashlib.sha256(str(paper.number).encode()).hexdigest(),
        size=40_000,
        created_at=paper.closed_at if is_done else paper.at,
    )


def _envelope(house: House, paper: Paper) -> None:
    chance, client = house.make.chance, paper.client
    assert client.company
    people = (house.director.name, house.director.email, _named(client), client.email)
    texts = (paper.title, *people, house.company.name, client.company.name, paper.title)
    shown = f"{_named(client)} · {client.company.name}"
    moments = (paper.at, paper.sent_at, paper.closed_at)
    has_deadline = paper.is_sent and chance.random() < 0.8
    house.tables[Envelope].add(
        id=paper.number,
        title=paper.title,
        status=_status(paper.standing),
        standing=paper.standing,
        stands_since=moments[paper.is_sent + paper.is_closed],
        acted_at=_acted_at(paper),
        responsible_id=paper.whose.pk,
        company_id=house.company.pk,
        created_at=paper.at,
        amount=Decimal(chance.randrange(100, 90_000)) if chance.random() < 0.7 else None,
        currency=chance.choice(("EUR", "EUR", "PLN", "GBP")),
        sent_at=paper.sent_at if paper.is_sent else None,
        closed_at=paper.closed_at if paper.is_closed else None,
        audited_at=paper.closed_at if paper.is_closed else None,
        deadline_at=paper.sent_at + timedelta(days=14) if has_deadline else None,
        client_name=shown[:250],
        client_key=_n(shown)[:100],
        acting_names=_acting(house, paper),
        unread_since=paper.unread_since,
        read_since=paper.read_since,
        search_text="\n".join(_n(text) for text in texts),
        sort_key=_n(paper.title)[:250],
    )


def _acting(house: House, paper: Paper) -> str:
    """Name who must act: the director while it is with us, then the client."""
    names = {
        Standing.WITH_US: house.director.name,
        Standing.WITH_CLIENT: _named(paper.client),
    }
    return names.get(paper.standing, "")


def _party(house: House, paper: Paper, status: PartyStatus, **values: Any) -> None:
    if status == S.ASKED and paper.read_since:
        status = S.OPENED
    is_signed, place = status == S.SIGNED, values["group"]
    house.tables[Party].add(
        **values,
        status=status,
        key=f"p{place}" if paper.is_sent else "",
        asked_at=paper.sent_at if status != S.WAITING else None,
        opened_at=paper.sent_at + timedelta(minutes=2)
        if status not in (S.WAITING, S.ASKED)
        else None,
        signed_at=_signed_at(paper, place) if is_signed else None,
        declined_at=paper.closed_at if status == S.DECLINED else None,
    )


def _acted_at(paper: Paper) -> datetime | None:
    """Return when the last party signed."""
    parties = enumerate(STATUSES[paper.standing], start=1)
    signed = (_signed_at(paper, place) for place, status in parties if status == S.SIGNED)
    return max(signed, default=None)


def _signed_at(paper: Paper, place: int) -> datetime:
    return paper.sent_at + (paper.closed_at - paper.sent_at) * place / 2


OPEN = {Status.DRAFT, Status.SENT, Status.CLOSING}
S = PartyStatus
STATUSES = {
    Standing.DRAFT: (S.WAITING, S.WAITING),
    Standing.WITH_US: (S.ASKED, S.WAITING),
    Standing.WITH_CLIENT: (S.SIGNED, S.ASKED),
    Standing.CLOSING: (S.SIGNED, S.SIGNED),
    Standing.COMPLETED: (S.SIGNED, S.SIGNED),
    Standing.DECLINED: (S.SIGNED, S.DECLINED),
    Standing.EXPIRED: (S.SIGNED, S.OPENED),
    Standing.CANCELLED: (S.SIGNED, S.ASKED),
}


def _status(standing: Standing) -> Status:
    is_travelling = standing in (Standing.WITH_US, Standing.WITH_CLIENT)
    return Status.SENT if is_travelling else Status(standing.value)


def _named(contact: Contact) -> str:
    return f"{contact.first_name} {contact.last_name}"


def _code(number: int) -> str:
    """Return a document's ID: 17 characters, different for each."""
    written = ""
    for _place in range(17):
        number, rest = divmod(number, 32)
        written = LETTERS[rest] + written
    return written


_n = crowd._normal
