"""The papers of a large company: envelopes at every standing, their documents and parties.

It fills an empty database that has its tables: ``python -m bench.pile 1000000``. Facts are few
and files there are none: it is for lists, boards and figures.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from bench import crowd
from bench.crowd import Maker

from django.apps import apps  # isort: skip  # crowd sets Django up
from django.core.management.color import no_style
from django.db import connection, models, transaction

from paraph.contacts.models import Company, Contact
from paraph.contacts.steps import index_contact
from paraph.documents.models import Document, Revision, RevisionKind
from paraph.kit import db
from paraph.kit.migrating import SearchIndex
from paraph.people.models import Employee, Role, RoleGiven
from paraph.signing.lifecycle import PartyStatus, Status
from paraph.signing.models import Enclosure, Envelope, Party, Standing
from paraph.signing.steps import index
from tests import cast

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
INDEXES = (SearchIndex("signing", "envelope"), SearchIndex("documents", "document"))
MOST_CHECKED = 50
PORTION = 5_000
MODELS: tuple[type[models.Model], ...] = (Document, Revision, Envelope, Enclosure, Party)


class Table:
    """The columns of a model with their defaults, into which rows name what differs."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.fields = {it.attname: it for it in model._meta.concrete_fields if not it.generated}
        self.usual = {name: _usual(it) for name, it in self.fields.items()}
        self.prepare = {
            name: way
            for name, it in self.fields.items()
            if (way := _prepared(it, is_sqlite=connection.vendor == "sqlite"))
        }
        self.made: list[tuple[Any, ...]] = []

    def add(self, **values: Any) -> None:
        """Keep one row for the next portion."""
        for name in self.prepare.keys() & values.keys():
            values[name] = self.prepare[name](values[name])
        self.made.append(tuple({**self.usual, **values}.values()))

    def write(self) -> None:
        """Write what was kept, in the quickest way that each database knows."""
        options = self.model._meta
        names = ", ".join(f'"{it.column}"' for it in self.fields.values())
        if connection.vendor == "postgresql":
            copied = f"COPY {options.db_table} ({names}) FROM STDIN"
            with connection.cursor() as cursor, cursor.copy(copied) as copy:
                for row in self.made:
                    copy.write_row(row)
        else:
            marks = ", ".join("?" * len(self.fields))
            into = f"INSERT INTO {options.db_table} ({names}) VALUES ({marks})"
            connection.connection.executemany(into, self.made)
        self.made.clear()


@dataclass
class House:
    """Who and what the papers are about."""

    make: Maker
    company: Company
    director: Employee
    employees: list[Employee]
    contacts: list[Contact]
    firsts: dict[type[models.Model], int]
    tables: dict[type[models.Model], Table] = field(
        default_factory=lambda: {it: Table(it) for it in MODELS}
    )


def fill(size: int, *, tell: Callable[[str], None] = print) -> None:
    """Fill an empty database: the cast, a thousand employees, clients, and the envelopes."""
    house = _house(size)
    begin = house.firsts[Envelope]
    _pragmas()
    with connection.schema_editor() as editor:
        for search in INDEXES:
            crowd._run(search.remove(connection.vendor, apps))
        for model, kept in _indexes():
            editor.remove_index(model, kept)
    numbers = iter(range(size))
    while portion := list(islice(numbers, PORTION)):
        _write(house, portion)
        if not (portion[-1] + 1) % 100_000:
            tell(f"{portion[-1] + 1:,} envelopes")
    with connection.schema_editor() as editor:
        for model, kept in _indexes():
            editor.add_index(model, kept)
        for search in INDEXES:
            crowd._run(search.build(connection.vendor, apps))
    crowd._run(connection.ops.sequence_reset_sql(no_style(), MODELS))
    _check(Envelope.objects.order_by("pk").filter(pk__gte=begin)[:MOST_CHECKED])
    crowd._run(["ANALYZE"])


def _house(size: int) -> House:
    """Let a thousand employees work for the cast's company, and clients of theirs be known."""
    people = cast.gather()
    make = Maker(size)
    staff = [*crowd._employees(make), people.alice]
    _roles(staff)
    companies = crowd._companies(make, people.alice, count=max(10, size // 1000))
    firsts = {model: (model._default_manager.order_by("-pk").first() or _Nobody).pk + 1
              for model in MODELS}  # fmt: skip
    contacts = _contacts(make, people.alice, companies, count=max(20, size // 50))
    return House(make, people.company, people.erin, staff, contacts, firsts)


class _Nobody:
    pk = 0


def _roles(staff: list[Employee]) -> None:
    """Let everybody prepare and send; the first of each department supervises."""
    roles = {role.slug: role for role in Role.objects.all()}
    RoleGiven.objects.bulk_create(
        RoleGiven(role=roles["supervisor" if number < 40 else "employee"], employee=it)
        for number, it in enumerate(staff[:-1])
    )


def _contacts(
    make: Maker, owner: Employee, companies: list[Company], *, count: int
) -> list[Contact]:
    rows = []
    for number in range(count):
        language = make.language()
        first, last = make.often(crowd.FIRSTS[language]), make.often(make.last[language])
        contact = Contact(
            first_name=first,
            last_name=last,
            email=f"c{number}@example.org",
            phone=make.phone(language)[0],
            company=make.chance.choice(companies),
            responsible=owner,
            language=language if language != "de" else "en",
            created_at=crowd.BEGIN,
            edited_at=crowd.BEGIN,
        )
        index_contact(contact)
        rows.append(contact)
    return Contact.objects.bulk_create(rows, batch_size=500)


def _write(house: House, numbers: Iterable[int]) -> None:
    for number in numbers:
        _add(house, number)
    with transaction.atomic():
        for model in MODELS:
            house.tables[model].write()


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
    is_read = chance.random() < 0.6
    is_waiting = standing in (Standing.WITH_US, Standing.WITH_CLIENT)
    return Paper(
        number,
        standing,
        whose=make.often(house.employees),
        client=client,
        title=f"{make.often(KINDS)} {number % 9973}/{at.year} {client.company.name}",
        at=at,
        sent_at=sent_at,
        closed_at=sent_at + timedelta(minutes=int(chance.expovariate(1 / 3000)) + 3),
        unread_since=sent_at if is_waiting and not is_read else None,
        read_since=sent_at + timedelta(minutes=2) if is_waiting and is_read else None,
    )


def _add(house: House, number: int) -> None:
    """Add one envelope with its document and its two parties."""
    paper, first = _paper(house, number), house.firsts
    document, envelope = first[Document] + number, first[Envelope] + number
    _document(house, paper, document)
    house.tables[Enclosure].add(
        id=first[Enclosure] + number, envelope_id=envelope, document_id=document, position=1
    )
    _envelope(house, paper, envelope)
    ours, theirs = STATUSES[paper.standing]
    director, client = house.director, paper.client
    pk = first[Party] + 2 * number
    _party(house, paper, ours, id=pk, envelope_id=envelope, group=1, employee_id=director.pk,
           company_id=house.company.pk, name=director.name, email=director.email)  # fmt: skip
    _party(house, paper, theirs, id=pk + 1, envelope_id=envelope, group=2, contact_id=client.pk,
           company_id=client.company_id, name=_named(client), email=client.email)  # fmt: skip


def _document(house: House, paper: Paper, key: int) -> None:
    code, is_done = _code(paper.number), paper.standing == Standing.COMPLETED
    house.tables[Document].add(
        id=key,
        code=code,
        title=paper.title,
        responsible_id=paper.whose.pk,
        pages=[[595, 842]],
        created_at=paper.at,
        search_text=f"{_n(paper.title)}\n{_n(code)}",
        sort_key=_n(paper.title)[:250],
    )
    house.tables[Revision].add(
        id=house.firsts[Revision] + paper.number,
        document_id=key,
        number=1,
        kind=RevisionKind.COMPLETED if is_done else RevisionKind.ORIGINAL,
        sha256=hashlib.sha256(str(paper.number).encode()).hexdigest(),
        size=40_000,
        created_at=paper.closed_at if is_done else paper.at,
    )


def _envelope(house: House, paper: Paper, key: int) -> None:
    chance, client = house.make.chance, paper.client
    assert client.company
    people = (house.director.name, house.director.email, _named(client), client.email)
    texts = (paper.title, *people, house.company.name, client.company.name, paper.title)
    shown = f"{_named(client)} · {client.company.name}"
    moments = (paper.at, paper.sent_at, paper.closed_at)
    has_deadline = paper.is_sent and chance.random() < 0.8
    house.tables[Envelope].add(
        id=key,
        title=paper.title,
        status=_status(paper.standing),
        standing=paper.standing,
        stands_since=moments[paper.is_sent + paper.is_closed],
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
    signed_at = paper.sent_at + (paper.closed_at - paper.sent_at) * place / 2
    house.tables[Party].add(
        **values,
        status=status,
        key=f"p{place}" if paper.is_sent else "",
        asked_at=paper.sent_at if status != S.WAITING else None,
        opened_at=paper.sent_at + timedelta(minutes=2)
        if status not in (S.WAITING, S.ASKED)
        else None,
        signed_at=signed_at if is_signed else None,
        declined_at=paper.closed_at if status == S.DECLINED else None,
    )


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


def _usual(column: models.Field[Any, Any]) -> Any:
    """Return what a column holds when nothing is said."""
    if column.has_default():
        return column.get_db_prep_save(column.get_default(), connection)
    return None if column.null else "" if column.empty_strings_allowed else None


def _prepared(column: models.Field[Any, Any], *, is_sqlite: bool) -> Callable[[Any], Any] | None:
    """Return how a value is made ready; what Django itself does takes most of the time."""
    if isinstance(column, models.JSONField):
        return json.dumps
    if is_sqlite and isinstance(column, models.DateTimeField):
        return lambda at: at and str(at.replace(tzinfo=None))
    if is_sqlite and isinstance(column, models.DecimalField):
        return lambda number: number if number is None else f"{number:.2f}"
    return None


def _indexes() -> Iterator[tuple[type[models.Model], models.Index]]:
    for model in MODELS:
        yield from ((model, kept) for kept in model._meta.indexes)


def _pragmas() -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("PRAGMA synchronous=OFF")
        connection.connection.execute("PRAGMA cache_size=-400000")


def _check(envelopes: Iterable[Envelope]) -> None:
    """Refuse to measure what Paraph itself would not have written."""
    columns = ("search_text", "sort_key", "client_name", "client_key", "standing", "acting_names")
    for envelope in envelopes:
        ours = [getattr(envelope, column) for column in columns]
        with db.unit_of_work():
            index(envelope)
            envelope.note_standing(at=envelope.stands_since)
        real = [getattr(envelope, column) for column in columns]
        if ours != real:
            raise ValueError(f"The real ones look different: {real} instead of {ours}")


_n = crowd._normal

if __name__ == "__main__":
    fill(int(sys.argv[1]))
